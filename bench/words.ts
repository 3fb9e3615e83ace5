/** What the generated notes are made of. */
export const SUBJECTS = words(
  'River Garden Engine Market Harbour Forest Letter Window Bridge Theatre Orchard Library Station Mountain Kitchen Island Archive Lantern Compass Workshop',
);

export const ASPECTS = words(
  'history methods costs people tools seasons questions sources plans lessons mistakes materials customs measures stories limits origins habits rules future',
);

export const NOUNS = words(
  'request response server table index query page reader author chapter network signal record account balance window queue worker thread lock cache key door street neighbour kitchen bread water winter letter paper archive map coast wind engine wheel bridge stone field seed harvest market price coin promise rule exception example drawing measure scale version draft margin footnote',
);

export const VERBS = words(
  'keeps moves answers stores reads writes finds loses carries describes measures repeats opens closes joins splits explains hides shows reaches follows leaves',
);

export const ADJECTIVES = words(
  'small old quiet open shared slow careful local public plain early late heavy light exact rough common rare useful forgotten',
);

export const TAGS = words(
  'idea draft history method person place book/read book/want project/alpha project/beta año café',
);

export const LANGUAGES = words('js python sql bash json');

export const CALLOUTS = words('note tip warning example question');

export const FORMULAS = [
  'e^{i\\pi} + 1 = 0',
  '\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}',
  '\\int_0^\\infty e^{-x^2}\\,dx = \\frac{\\sqrt{\\pi}}{2}',
  'P(A \\mid B) = \\frac{P(B \\mid A)\\,P(A)}{P(B)}',
] as [string, ...string[]];

export const CODE: Record<string, string> = {
  js: `export async function readPage(address) {
  const response = await fetch(address, { headers: { accept: 'text/html' } });
  if (!response.ok) throw new Error(\`\${address} answers \${response.status}\`);
  return { body: await response.text(), tag: response.headers.get('etag') };
}`,
  python: `def moving_average(values, size=7):
    """Yields the mean of each window."""
    window = []
    for value in values:
        window.append(value)
        if len(window) > size:
            window.pop(0)
        yield sum(window) / len(window)`,
  sql: `select folder, count(*) as notes, max(published_at) as latest
from note
where access = 'public' and title ilike '%bridge%'
group by folder
order by notes desc;`,
  bash: `for file in *.md; do
  words=$(wc -w < "$file")
  [ "$words" -gt 500 ] && echo "$file: $words words"
done`,
  json: `{ "title": "Harbour", "tags": ["place", "history"], "draft": false, "order": 12 }`,
};

function words(text: string): [string, ...string[]] {
  const [first = '', ...rest] = text.split(' ');
  return [first, ...rest];
}

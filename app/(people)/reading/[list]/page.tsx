import type { Metadata } from 'next';
import { leadTo, missing } from '@/app/elsewhere';
import { visitOf } from '@/app/visit';
import { AnswerLines, NoteLines } from '@/components/reading/desk-lines';
import { Counter } from '@/components/site/counter';
import type { Person } from '@/features/access/viewer';
import { currentLanguage, getViewer } from '@/features/people/viewer';
import { listHref, listNamed } from '@/features/reading/href';
import type { ListName } from '@/features/reading/page';
import { isCursor, readAnswers, readLines } from '@/features/reading/queries';
import { readingWords } from '@/lib/language/reading';

export const instant = false;

type Props = PageProps<'/reading/[list]'>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [language, { list }] = await Promise.all([currentLanguage(), params]);
  const name = listNamed(list);
  return name ? { title: `${readingWords(language).home[name]} · Trastienda`, robots: { index: false } } : {};
}

/** The whole of one of a person's lists, a page at a time. */
export default async function Page({ params, searchParams }: Props) {
  const [viewer, language, { list }, { before }] = await Promise.all([
    getViewer(),
    currentLanguage(),
    params,
    searchParams,
  ]);
  const name = listNamed(list);
  if (name === null) return missing();
  if (viewer.kind !== 'person') return leadTo(`/signin?to=${encodeURIComponent(listHref(name))}`);
  const { home: words } = readingWords(language);
  const cursor = typeof before === 'string' && isCursor(before) ? before : null;
  const { lines, more, empty } = await readList(viewer, name, cursor, language);
  return (
    <Counter language={language} visit={visitOf(viewer)} title={words[name]}>
      {empty ? <p className="desk-empty">{words[`${name}None`]}</p> : lines}
      <p className="aside">
        {more && (
          <a className="chip" href={listHref(name, more)} rel="next">
            {words.older}
          </a>
        )}{' '}
        {cursor && (
          <a className="chip" href={listHref(name)}>
            {words.newest}
          </a>
        )}{' '}
        <a className="chip" href="/">
          {words.back}
        </a>
      </p>
    </Counter>
  );
}

const FACTS = { started: 'opened', bookmarks: 'vault', fresh: 'published' } as const;

async function readList(viewer: Person, name: ListName, before: string | null, language: 'es' | 'en') {
  const shown = { words: readingWords(language).home, language, timeZone: viewer.timeZone };
  if (name === 'answers') {
    const { items, more } = await readAnswers(viewer, undefined, before);
    return { lines: <AnswerLines answers={items} shown={shown} />, more, empty: items.length === 0 };
  }
  const { items, more } = await readLines(viewer, name, undefined, before);
  return { lines: <NoteLines lines={items} fact={FACTS[name]} shown={shown} />, more, empty: items.length === 0 };
}

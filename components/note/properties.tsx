import type { NoteArticle } from '@/features/notes/page';
import { formatWrittenDate } from '@/lib/language/format';
import { languageOfWord } from '@/lib/language/tag';
import type { Words } from '@/lib/language/words';
import type { Property } from '@/lib/vault/frontmatter';

type Props = { note: NoteArticle; words: Words };

/** When it was written, by its author's word, and the properties the author wants read. */
export function Properties({ note, words }: Props) {
  const { createdOn, updatedOn, properties } = note;
  if (!createdOn && !updatedOn && properties.length === 0) return null;
  const chrome = languageOfWord(words.language, note.language);
  return (
    <dl className="properties">
      {createdOn && <WrittenDate label={words.note.created} written={createdOn} words={words} chrome={chrome} />}
      {updatedOn && <WrittenDate label={words.note.updated} written={updatedOn} words={words} chrome={chrome} />}
      {properties.map((property) => (
        <div key={`${property.line} ${property.key}`}>
          <dt>{property.key}</dt>
          <dd>
            <Value property={property} words={words} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

type DateProps = { label: string; written: string; words: Words; chrome: { lang?: string } };

function WrittenDate({ label, written, words, chrome }: DateProps) {
  return (
    <div {...chrome}>
      <dt>{label}</dt>
      <dd>
        <time dateTime={written}>{formatWrittenDate(written, words.language)}</time>
      </dd>
    </div>
  );
}

function Value({ property, words }: { property: Property; words: Words }) {
  const { kind, value } = property;
  if (kind === 'checkbox') return <>{/^(true|yes|on)$/i.test(value[0] ?? '') ? words.note.yes : words.note.no}</>;
  if (kind === 'date' || kind === 'datetime') return <>{formatWrittenDate(value[0] ?? '', words.language)}</>;
  if (kind === 'list' || kind === 'tags') return <>{value.join(', ')}</>;
  return <>{value.map((text) => (/^https?:\/\/\S+$/.test(text) ? <Address key={text} url={text} /> : text))}</>;
}

function Address({ url }: { url: string }) {
  return (
    <a className="external" href={url} rel="noopener noreferrer">
      {url.replace(/^https?:\/\/(www\.)?|\/$/g, '')}
    </a>
  );
}

export function NoteTags({ tags, words }: { tags: NoteArticle['tags']; words: Words }) {
  if (tags.length === 0) return null;
  return (
    <ul className="tags" aria-label={words.note.tags}>
      {tags.map(({ tag, href }) => (
        <li key={href}>
          <a className="tag" href={href}>
            #{tag}
          </a>
        </li>
      ))}
    </ul>
  );
}

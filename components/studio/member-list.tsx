import type { MemberLine } from '@/features/people/group-members';
import { studioWords } from '@/lib/language/studio';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = { group: number; members: MemberLine[]; language: InterfaceLanguage };

/** The people in a group, each with a button that takes them out; inside a form. */
export function MemberList({ group, members, language }: Props) {
  const { groups: words } = studioWords(language);
  return (
    <>
      <input type="hidden" name="group" value={group} />
      <ul className="lines">
        {members.map(({ id, name, email }) => (
          <li key={id} className="line">
            <div className="line-text">
              <h3 className="line-title">
                <a href={`/studio/people/${id}`}>{name}</a>
              </h3>
              <p className="line-more">{email}</p>
            </div>
            <button
              type="submit"
              name="person"
              value={id}
              className="button button-plain"
              aria-label={words.removeOf(name)}
            >
              {words.remove}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

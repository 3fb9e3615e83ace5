import type { Metadata } from 'next';
import { missing } from '@/app/elsewhere';
import { ActionForm } from '@/components/form/action-form';
import { StudioFrame } from '@/components/studio/studio-frame';
import { listGroups } from '@/features/people/groups';
import { makeNewGroup } from '@/features/people/studio/groups/actions';
import { accountWords } from '@/lib/language/account';
import { studioWords } from '@/lib/language/studio';
import { openStudio } from '../door';
import { studioTitle } from '../title';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> => studioTitle(({ menu }) => menu.groups);

export default async function Page() {
  const door = await openStudio('groups');
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  const groups = await listGroups(viewer);
  if (!groups) return missing();
  const { groups: words } = studioWords(language);
  return (
    <StudioFrame {...frame} title={words.title} lead={words.lead}>
      {groups.length === 0 ? (
        <p className="empty">{words.none}</p>
      ) : (
        <ul className="lines">
          {groups.map((group) => (
            <li key={group.id} className="line">
              <h2 className="line-title line-text">
                <a href={`/studio/groups/${group.id}`}>{group.name}</a>
              </h2>
              <p className="line-end">
                {words.members(group.members)}
                <span className="line-more">{words.notes(group.notes)}</span>
              </p>
            </li>
          ))}
        </ul>
      )}
      <h2>{words.make}</h2>
      <ActionForm
        id="group"
        action={makeNewGroup}
        fields={[{ name: 'name', label: words.name, hint: words.nameHint, required: true, maxLength: 63 }]}
        submit={words.make}
        working={accountWords(language).form.working}
      />
    </StudioFrame>
  );
}

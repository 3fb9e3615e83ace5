import type { Metadata } from 'next';
import { missing } from '@/app/elsewhere';
import { ActionForm } from '@/components/form/action-form';
import { RowForm } from '@/components/form/row-form';
import { MemberList } from '@/components/studio/member-list';
import { Pages } from '@/components/studio/pages';
import { StudioFrame } from '@/components/studio/studio-frame';
import { listMembers, MEMBERS_PAGE } from '@/features/people/group-members';
import { type GroupLine, readGroup } from '@/features/people/groups';
import { hidden, sureField } from '@/features/people/studio/fields';
import {
  addGroupMember,
  deleteOldGroup,
  removeGroupMember,
  renameOldGroup,
} from '@/features/people/studio/groups/actions';
import { accountWords } from '@/lib/language/account';
import { studioWords } from '@/lib/language/studio';
import type { InterfaceLanguage } from '@/lib/language/words';
import { type Asked, pageIn } from '../../asked';
import { openStudio } from '../../door';
import { studioTitle } from '../../title';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> => studioTitle(({ menu }) => menu.groups);

export default async function Page({ params, searchParams }: { params: Promise<{ id: string }>; searchParams: Asked }) {
  const [door, { id }, asked] = await Promise.all([openStudio('groups'), params, searchParams]);
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  const group = /^[1-9]\d{0,8}$/.test(id) ? await readGroup(viewer, Number(id)) : null;
  const page = pageIn(asked.page);
  const members = group && (await listMembers(viewer, group.id, page));
  if (!group || !members) return missing();
  const { groups: words } = studioWords(language);
  return (
    <StudioFrame {...frame} title={group.name} lead={`${words.members(group.members)} · ${words.notes(group.notes)}`}>
      <p className="actions">
        <a href="/studio/groups">{words.back}</a>
      </p>
      <h2>{words.membersTitle}</h2>
      <RowForm id="members" action={removeGroupMember}>
        {members.length === 0 ? (
          <p className="empty">{words.empty}</p>
        ) : (
          <MemberList group={group.id} members={members.slice(0, MEMBERS_PAGE)} language={language} />
        )}
      </RowForm>
      <Pages
        language={language}
        page={page}
        pages={Math.max(page, Math.ceil(group.members / MEMBERS_PAGE))}
        href={(each) => `/studio/groups/${group.id}?page=${each}`}
      />
      <GroupForms group={group} language={language} />
    </StudioFrame>
  );
}

function GroupForms({ group, language }: { group: GroupLine; language: InterfaceLanguage }) {
  const { groups: words } = studioWords(language);
  const { working } = accountWords(language).form;
  const which = hidden('group', group.id);
  return (
    <>
      <ActionForm
        id="add"
        action={addGroupMember}
        fields={[which, { name: 'email', type: 'email', label: words.addEmail, required: true, maxLength: 254 }]}
        submit={words.add}
        working={working}
      />
      <h2>{words.rename}</h2>
      <ActionForm
        id="rename"
        action={renameOldGroup}
        fields={[
          which,
          {
            name: 'name',
            label: words.name,
            hint: words.renameHint(group.notes),
            value: group.name,
            required: true,
            maxLength: 63,
          },
        ]}
        submit={words.rename}
        working={working}
        plain
      />
      <h2>{words.deleteTitle}</h2>
      <ActionForm
        id="delete"
        action={deleteOldGroup}
        fields={[which, sureField(words.deleteSure(group.notes))]}
        submit={words.delete}
        working={working}
        danger
      />
    </>
  );
}

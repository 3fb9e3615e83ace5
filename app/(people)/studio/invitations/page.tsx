import type { Metadata } from 'next';
import { missing } from '@/app/elsewhere';
import { ActionForm } from '@/components/form/action-form';
import { RowForm } from '@/components/form/row-form';
import { InvitationList } from '@/components/studio/invitation-list';
import { StudioFrame } from '@/components/studio/studio-frame';
import { listGroups } from '@/features/people/groups';
import { listInvitations } from '@/features/people/invitations';
import { groupFields, roleField } from '@/features/people/studio/fields';
import { changeInvitation, inviteSomebody } from '@/features/people/studio/invitations/actions';
import { accountWords } from '@/lib/language/account';
import { studioWords } from '@/lib/language/studio';
import { openStudio } from '../door';
import { studioTitle } from '../title';

export const instant = false;
export const generateMetadata = (): Promise<Metadata> => studioTitle(({ menu }) => menu.invitations);

export default async function Page() {
  const door = await openStudio('invitations');
  if ('instead' in door) return door.instead;
  const { viewer, language, frame } = door;
  const [invitations, groups] = await Promise.all([listInvitations(viewer), listGroups(viewer)]);
  if (!groups) return missing();
  const { invite: words } = studioWords(language);
  const email = { name: 'email', type: 'email', label: words.email, required: true, maxLength: 254 } as const;
  return (
    <StudioFrame {...frame} title={words.title} lead={words.lead}>
      <ActionForm
        id="invite"
        action={inviteSomebody}
        fields={[email, roleField(language, 'member'), ...groupFields(groups, [], words.into)]}
        submit={words.submit}
        working={accountWords(language).form.working}
      />
      <h2>{words.pending}</h2>
      <RowForm id="invitations" action={changeInvitation}>
        {invitations.length === 0 ? (
          <p className="empty">{words.none}</p>
        ) : (
          <InvitationList invitations={invitations} language={language} timeZone={viewer.timeZone} />
        )}
      </RowForm>
    </StudioFrame>
  );
}

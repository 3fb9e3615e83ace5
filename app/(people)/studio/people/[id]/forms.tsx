import { SessionList } from '@/components/account/session-list';
import { ActionForm } from '@/components/form/action-form';

import type { Person } from '@/features/access/viewer';
import type { PersonPage } from '@/features/people/directory';
import type { GroupLine } from '@/features/people/groups';
import type { SessionLine } from '@/features/people/sessions-list';
import {
  changePersonAccess,
  changePersonGroups,
  changePersonRole,
  endPersonSessions,
  makePersonLink,
  removePersonSecondFactor,
} from '@/features/people/studio/actions';
import { groupFields, hidden, roleField, sureField } from '@/features/people/studio/fields';
import { accountWords } from '@/lib/language/account';
import { peopleWords } from '@/lib/language/studio-people';
import type { InterfaceLanguage } from '@/lib/language/words';

type Props = {
  viewer: Person;
  person: PersonPage;
  groups: GroupLine[];
  sessions: SessionLine[];
  language: InterfaceLanguage;
};

/** What can be done about a person. */
export function PersonForms({ viewer, person, groups, sessions, language }: Props) {
  const { person: words } = peopleWords(language);
  const { working } = accountWords(language).form;
  const who = hidden('person', person.id);
  return (
    <>
      <h2>{words.roleTitle}</h2>
      <ActionForm
        id="role"
        action={changePersonRole}
        fields={[who, roleField(language, person.role, words.roleHint)]}
        submit={words.roleSubmit}
        working={working}
      />
      <h2>{words.groupsTitle}</h2>
      {groups.length === 0 ? (
        <p className="empty">{words.groupsNone}</p>
      ) : (
        <ActionForm
          id="groups"
          action={changePersonGroups}
          fields={[who, ...groupFields(groups, person.groups)]}
          submit={words.groupsSubmit}
          working={working}
        />
      )}
      <h2>{words.sessionsTitle}</h2>
      {sessions.length === 0 ? (
        <p className="empty">{words.sessionsNone}</p>
      ) : (
        <SessionList sessions={sessions} language={language} timeZone={viewer.timeZone} />
      )}
      <ActionForm
        id="sessions"
        action={endPersonSessions}
        fields={[who]}
        submit={words.sessionsEnd}
        working={working}
        plain
      />
      <Links person={person} language={language} />
      <Access viewer={viewer} person={person} language={language} />
    </>
  );
}

function Links({ person, language }: { person: PersonPage; language: InterfaceLanguage }) {
  const { person: words } = peopleWords(language);
  const { working } = accountWords(language).form;
  if (person.disabled) return null;
  const links = [
    ...(person.verified
      ? [{ kind: 'reset', submit: words.reset }]
      : [{ kind: 'confirmation', submit: words.confirmation }]),
    ...(person.pendingEmail ? [{ kind: 'address', submit: words.address(person.pendingEmail) }] : []),
  ];
  return (
    <>
      <h2>{words.linksTitle}</h2>
      <p className="said">
        {words.linksLead} {person.verified && words.resetHint}
      </p>
      {links.map(({ kind, submit }) => (
        <ActionForm
          key={kind}
          id={`link-${kind}`}
          action={makePersonLink}
          fields={[hidden('person', person.id), hidden('kind', kind)]}
          submit={submit}
          working={working}
          plain
        />
      ))}
    </>
  );
}

function Access({ viewer, person, language }: { viewer: Person; person: PersonPage; language: InterfaceLanguage }) {
  const { person: words } = peopleWords(language);
  const { working } = accountWords(language).form;
  const who = hidden('person', person.id);
  return (
    <>
      {person.twoFactor && person.id !== viewer.id && (
        <>
          <h2>{words.twoFactorTitle}</h2>
          <p className="said">{words.twoFactorLead}</p>
          <ActionForm
            id="two-factor"
            action={removePersonSecondFactor}
            fields={[who, sureField(words.twoFactorSure)]}
            submit={words.twoFactorOff}
            working={working}
            danger
          />
        </>
      )}
      <h2>{words.accessTitle}</h2>
      <ActionForm
        id="access"
        action={changePersonAccess}
        fields={[
          who,
          hidden('to', person.disabled ? 'enabled' : 'disabled'),
          ...(person.disabled ? [] : [sureField(words.disableSure)]),
        ]}
        submit={person.disabled ? words.enable : words.disable}
        working={working}
        danger={!person.disabled}
      />
    </>
  );
}

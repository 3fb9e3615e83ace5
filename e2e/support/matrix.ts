import { auditWords } from '../../lib/language/audit';
import { downloadWords } from '../../lib/language/downloads';
import { shareWords } from '../../lib/language/shares';
import { studioWords } from '../../lib/language/studio';
import { uploadWords } from '../../lib/language/uploads';
import { ROLES, type Role } from './roles';
import { CANARIES, GUILD } from './workshop';

/** What each role is answered: a status, or the start of where it is led. */
type Expected = Record<Role, number | string>;
export type Row = {
  /** An address that the route answers. */
  ask: string;
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'OPTIONS';
  expect: Expected;
  /** A word that whoever may see the page finds in it, and nobody else in any byte. */
  marker?: string;
};

const all = (answer: number | string): Expected => ({
  anonymous: answer,
  member: answer,
  guild: answer,
  editor: answer,
  owner: answer,
  disabled: answer,
  revoked: answer,
});
const only = (roles: Role[], yes: number, no: number | string): Expected => ({
  ...all(no),
  ...Object.fromEntries(roles.map((role) => [role, yes])),
});
const PEOPLE: Role[] = ['member', 'guild', 'editor', 'owner'];
const EDITORS: Role[] = ['editor', 'owner'];
const OWNER: Role[] = ['owner'];

const open = (ask: string, status = 200): Row => ({ ask, expect: all(status) });
const forPeople = (ask: string, yes = 200): Row => ({ ask, expect: only(PEOPLE, yes, '/signin') });
/** A page of the studio and words that only it says. */
const studio = (ask: string, roles: Role[], marker: string): Row => ({ ask, expect: only(roles, 200, 404), marker });
const closed = (ask: string, roles: Role[], marker: string): Row => ({ ask, expect: only(roles, 200, 404), marker });

const PRIVATE = `/workshop/${CANARIES.title}`;
const MEMBERS = `/workshop/${CANARIES.folder}/Members-only`;
const GUILDS = '/workshop/Guild';
const NO_TRACE = '0123456789abcdef'.repeat(2);
const NOTHING = '3f2c1a52-3b1e-4d4f-9a55-0d2c8f4e9b11';
const NO_FILE = `/files/${NOTHING}/nothing.png`;
const NO_UPLOAD = `/api/uploads/${NOTHING}`;

/** The notes of each access, below a prefix that may be another way to the same. */
const notes = (below = ''): Row[] => [
  open(`${below}/workshop/Bread`),
  closed(`${below}${MEMBERS}`, PEOPLE, CANARIES.members),
  closed(`${below}${GUILDS}`, ['guild', ...EDITORS], CANARIES.guild),
  closed(`${below}${PRIVATE}`, EDITORS, CANARIES.text),
];
const lists = (below = ''): Record<string, Row[]> => ({
  '/[vault]/-/feed.xml': [{ ...open(`${below}/workshop/-/feed.xml`) }],
  '/[vault]/-/folders/[...path]': [
    open(`${below}/workshop/-/folders/Tools`),
    { ask: `${below}/workshop/-/folders/Drafts`, expect: only(EDITORS, 200, 404) },
  ],
  '/[vault]/-/graph': [open(`${below}/workshop/-/graph`)],
  '/[vault]/-/preview/[[...path]]': [
    open(`${below}/workshop/-/preview/Bread`),
    {
      ask: `${below}/workshop/-/preview/${CANARIES.title}`,
      expect: only(EDITORS, 200, 404),
      marker: CANARIES.description,
    },
  ],
  '/[vault]/-/tags': [open(`${below}/workshop/-/tags`)],
  '/[vault]/-/tags/[...tag]': [
    open(`${below}/workshop/-/tags/bench`),
    { ask: `${below}/workshop/-/tags/${CANARIES.tag}`, expect: only(EDITORS, 200, 404), marker: CANARIES.description },
  ],
});

/** Every route of the build and what it answers to whom. A route that is not here fails the test. */
export const ROUTES: Record<string, Row[]> = {
  '/-/[language]': [open('/-/en'), open('/-/xx', 404)],
  '/-/[language]/not-found': [open('/-/en/not-found')],
  '/[vault]/[[...path]]': notes(),
  ...lists(),
  '/[vault]/-/og/[[...path]]': [open('/workshop/-/og/Bread'), open(`/workshop/-/og/${CANARIES.title}`, 404)],
  '/reader/[vault]/[[...path]]': notes('/reader'),
  ...Object.fromEntries(Object.entries(lists('/reader')).map(([route, rows]) => [`/reader${route}`, rows])),
  '/reader': [open('/reader')],
  '/_global-error': [],
  '/_not-found': [],
  '/account': [forPeople('/account')],
  '/account/[...rest]': [{ ask: '/account/never-was', expect: all(404) }],
  '/account/downloads': [forPeople('/account/downloads')],
  '/account/security': [forPeople('/account/security')],
  '/account/sessions': [forPeople('/account/sessions')],
  '/api/internal/invalidate': [{ ask: '/api/internal/invalidate', method: 'POST', expect: all(404) }],
  '/api/language': [{ ask: '/api/language', method: 'POST', expect: all(400) }],
  '/api/uploads': [
    { ask: '/api/uploads', method: 'POST', expect: only(PEOPLE, 400, 404) },
    { ask: '/api/uploads', method: 'OPTIONS', expect: all(204) },
  ],
  '/api/uploads/[id]': [
    { ask: NO_UPLOAD, method: 'PATCH', expect: only(PEOPLE, 400, 404) },
    { ask: NO_UPLOAD, method: 'DELETE', expect: all(404) },
    { ask: NO_UPLOAD, method: 'OPTIONS', expect: all(204) },
  ],
  '/api/uploads/form': [{ ask: '/api/uploads/form', method: 'POST', expect: only(EDITORS, 400, 404) }],
  '/apple-icon.png': [open('/apple-icon.png')],
  '/favicon.ico': [open('/favicon.ico')],
  '/icon.svg': [open('/icon.svg')],
  '/robots.txt': [open('/robots.txt')],
  '/sitemap.xml': [open('/sitemap.xml')],
  '/files/[id]/[name]': [open(NO_FILE, 404)],
  '/account/data': [forPeople('/account/data')],
  '/account/export': [{ ask: '/account/export', expect: only(PEOPLE, 200, '/signin') }],
  '/api/auth/[...nextauth]': [open('/api/auth/signin', 404), open('/api/auth/session', 404)],
  '/compare/[vault]/[[...path]]': [open('/compare/workshop/Bread')],
  '/-/[language]/compare': [open('/-/en/compare'), open('/-/es/compare')],
  '/reader/compare': [open('/reader/compare')],
  ...Object.fromEntries(
    ['dynamic', 'partial', 'revalidated', 'static', 'streamed'].map((mode) => [
      `/compare/${mode}/[vault]/[[...path]]`,
      [
        open(`/compare/${mode}/workshop/Bread`),
        {
          ask: `/compare/${mode}/workshop/${CANARIES.title}`,
          // The one mode that looks at who asks
          expect: mode === 'dynamic' ? only(EDITORS, 200, 404) : all(404),
          marker: CANARIES.text,
        },
      ],
    ]),
  ),
  '/s/[token]': [open('/s/nothing', 404)],
  '/s/[token]/file/[name]': [open('/s/nothing/file/nothing.png', 404)],
  '/s/[token]/note': [open('/s/nothing/note', 404)],
  '/s/[token]/open': [{ ask: '/s/nothing/open', method: 'POST', expect: all(404) }],
  '/xray': [open('/xray')],
  '/xray/here': [open('/xray/here')],
  '/xray/[trace]': [open(`/xray/${NO_TRACE}`, 404)],
  '/xray/[trace]/otlp': [open(`/xray/${NO_TRACE}/otlp`, 404)],
  '/xray/of/[...path]': [{ ask: `/xray/of${PRIVATE}`, expect: all('/xray/') }],
  '/studio': [studio('/studio', EDITORS, studioWords('en').home.lead)],
  '/studio/[...rest]': [open('/studio/never-was', 404)],
  '/studio/audit': [studio('/studio/audit', OWNER, auditWords('en').lead)],
  '/studio/audit/export': [{ ask: '/studio/audit/export', expect: only(OWNER, 200, 404) }],
  '/studio/downloads': [studio('/studio/downloads', OWNER, downloadWords('en').lead)],
  '/studio/downloads/export': [{ ask: '/studio/downloads/export', expect: only(OWNER, 200, 404) }],
  '/studio/files': [studio('/studio/files', EDITORS, shareWords('en').files.search)],
  '/studio/files/[id]': [open(`/studio/files/${NOTHING}`, 404)],
  '/studio/files/removed': [studio('/studio/files/removed', EDITORS, uploadWords('en').removed.title)],
  '/studio/files/upload': [studio('/studio/files/upload', EDITORS, uploadWords('en').lead)],
  '/studio/groups': [{ ask: '/studio/groups', expect: only(OWNER, 200, 404), marker: GUILD }],
  '/studio/groups/[id]': [{ ask: '/studio/groups/1', expect: only(OWNER, 200, 404), marker: GUILD }],
  '/studio/invitations': [studio('/studio/invitations', OWNER, studioWords('en').invite.lead)],
  '/studio/people': [{ ask: '/studio/people', expect: only(OWNER, 200, 404), marker: '@example.org' }],
  '/studio/people/[id]': [open('/studio/people/00000000-0000-4000-8000-000000000000', 404)],
  '/studio/shares': [studio('/studio/shares', EDITORS, shareWords('en').make.lead)],
  '/studio/settings': [studio('/studio/settings', OWNER, studioWords('en').settings.twoFactor)],
  '/forgotten': [open('/forgotten')],
  '/setup/[token]': [open(`/setup/${'A'.repeat(43)}`, 404)],
  '/signup': [{ ask: '/signup', expect: { ...all('/'), anonymous: 200, disabled: 200, revoked: 200 } }],
  '/signin': [{ ask: '/signin', expect: { ...all('/'), anonymous: 200, disabled: 200, revoked: 200 } }],
  '/signout': [{ ask: '/signout', method: 'POST', expect: all('/') }],
  '/reading/[list]': [forPeople('/reading/bookmarks')],
  '/reading/position': [{ ask: '/reading/position', method: 'POST', expect: only(PEOPLE, 422, 403) }],
};

/** Who each server action is for. One that is not here fails the test. */
export const ACTIONS: Record<string, readonly Role[]> = {
  signIn: ROLES,
  signUp: ROLES,
  forget: ROLES,
  setUpOwner: ROLES,
  setUpInvited: ROLES,
  setUpConfirmed: ROLES,
  setUpAddress: ROLES,
  setUpPassword: ROLES,
  confirmSelf: PEOPLE,
  endOwnSessions: PEOPLE,
  changeProfile: PEOPLE,
  keepOldAddress: PEOPLE,
  changeAddress: PEOPLE,
  changeOwnPassword: PEOPLE,
  changeTwoFactor: PEOPLE,
  addComment: PEOPLE,
  changeComment: PEOPLE,
  removeComment: PEOPLE,
  setCommentHidden: EDITORS,
  keepRead: PEOPLE,
  keepBookmark: PEOPLE,
  measureHere: ROLES,
  changeHere: ROLES,
  outageHere: OWNER,
  crowdHere: ROLES,
  deleteOwnAccount: PEOPLE,
  makeShare: EDITORS,
  closeShare: EDITORS,
  cancelOwnUpload: EDITORS,
  takeFileAway: EDITORS,
  bringFileBack: EDITORS,
  turnFileBack: EDITORS,
  addGroupMember: OWNER,
  changeInvitation: OWNER,
  changePersonAccess: OWNER,
  changePersonGroups: OWNER,
  changePersonRole: OWNER,
  changeSiteSettings: OWNER,
  deleteOldGroup: OWNER,
  endPersonSessions: OWNER,
  inviteSomebody: OWNER,
  makeNewGroup: OWNER,
  makePersonLink: OWNER,
  removeGroupMember: OWNER,
  removePersonSecondFactor: OWNER,
  renameOldGroup: OWNER,
};

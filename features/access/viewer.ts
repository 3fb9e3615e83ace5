export type Role = 'owner' | 'editor' | 'member';
export const ROLES: readonly Role[] = ['owner', 'editor', 'member'];

export type Anonymous = { kind: 'anonymous' };

/** Someone with an account, in a session whose row has just been checked. */
export type Person = {
  kind: 'person';
  /** UUID. */
  id: string;
  /** UUID of the session they ask in. */
  sessionId: string;
  role: Role;
  /** Names of their groups. */
  groups: readonly string[];
  name: string;
  email: string;
  /** Null: as the browser asks. */
  language: 'es' | 'en' | null;
  /** Null: as the device is set. */
  theme: 'light' | 'dark' | null;
  /** IANA name, or null for the server's. */
  timeZone: string | null;
  /** Whether a second factor is in force. */
  twoFactor: boolean;
  /** Whether the password, and the second factor if any, were shown in the last minutes. */
  confirmed: boolean;
};

/** Whoever asks. Every query and verb takes one first; what a viewer may not see does not exist for them. */
export type Viewer = Anonymous | Person;

export const anonymous: Anonymous = { kind: 'anonymous' };

import { isIP } from 'node:net';
import path from 'node:path';
import { z } from 'zod';
import { Trouble } from './trouble';

/** Environment variables that Trastienda cannot use; `message` names each one and what is allowed. */
export class SettingsError extends Trouble {
  constructor(message: string) {
    super(`${message}\nSee .env.example for what each one means.`, 2);
  }
}

const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');
const url = (schemes: string[], example: string) =>
  z.string().refine((value) => {
    try {
      return schemes.includes(new URL(value).protocol.slice(0, -1));
    } catch {
      return false;
    }
  }, `must be an address such as ${example}`);

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const size = isIP(address) === 6 ? 128 : 32;
  return more.length === 0 && isIP(address) > 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= size));
}

const variables = z.object({
  PORT: z.coerce
    .number('must be a number from 1 to 65535')
    .int('must be a whole number from 1 to 65535')
    .min(1, 'must be a number from 1 to 65535')
    .max(65535, 'must be a number from 1 to 65535')
    .default(3000),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, 'must be a host name or an IP address, such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  SITE_URL: url(['http', 'https'], 'https://notes.example.org')
    .refine((value) => !URL.canParse(value) || new URL(value).pathname === '/', 'must not have a path after the host')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  DATABASE_URL: url(['postgres', 'postgresql'], 'postgres://user:password@host:5432/database').optional(),
  OWNER_EMAIL: z.email('must be an e-mail address').optional(),
  OWNER_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  AUTH_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  SMTP_URL: url(['smtp', 'smtps'], 'smtps://user:password@mail.example.org').optional(),
  MAIL_FROM: z.email('must be an e-mail address').optional(),
  OIDC_ISSUER: url(['https', 'http'], 'https://login.example.org').optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_NAME: z.string().max(40, 'must have 40 characters at most').optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  KEY_RING: z.string().optional(),
  LOG_REQUESTS: flag.optional(),
  XRAY: flag.optional(),
  REHEARSALS: flag.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url(['http', 'https'], 'http://localhost:4318').optional(),
  TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .refine((list) => list.every(isNetwork), 'must be addresses or networks with commas between, such as 10.0.0.0/8')
    .optional(),
});

/** What the environment decides, with defaults filled in. */
export type Settings = {
  port: number;
  host: string;
  /** The public address, without a slash at the end. */
  siteUrl: string;
  /** Absolute. */
  dataDir: string;
  /** Unset when Trastienda runs its own PostgreSQL. */
  databaseUrl?: string;
  ownerEmail?: string;
  ownerPassword?: string;
  /** Seals session cookies; made and kept in `dataDir` when unset. */
  authSecret?: string;
  smtpUrl?: string;
  /** Absolute. */
  keyRing?: string;
  /** One JSON line per request on standard output. */
  logRequests: boolean;
  /** Whether requests are observed, for X-ray. */
  xray: boolean;
  /** Whether an owner may take the database away for a moment, to see what stands: never on a site that others rely on. */
  rehearsals: boolean;
  /** Where traces are sent as OTLP over HTTP, without the path; unset to send none. */
  otlpEndpoint?: string;
  /** Addresses and networks of proxies that say whom they speak for. */
  trustedProxies: string[];
};

/** Reads the settings from `environment`; an empty variable counts as unset. Throws {@link SettingsError}. */
export function readSettings(environment: Record<string, string | undefined>, root = process.cwd()): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => name in variables.shape && value !== undefined && value.trim() !== '',
    ),
  );
  const parsed = variables.safeParse(given);
  if (!parsed.success) throw new SettingsError(parsed.error.issues.map((issue) => sentence(issue, given)).join('\n'));
  for (const names of TOGETHER) requireTogether(names, given);
  const value = parsed.data;
  const siteUrl = new URL(value.SITE_URL ?? `http://localhost:${value.PORT}`);
  return {
    port: value.PORT,
    host: value.HOST,
    siteUrl: siteUrl.origin,
    dataDir: path.resolve(root, value.DATA_DIR),
    databaseUrl: value.DATABASE_URL,
    ownerEmail: value.OWNER_EMAIL,
    ownerPassword: value.OWNER_PASSWORD,
    authSecret: value.AUTH_SECRET,
    smtpUrl: value.SMTP_URL,
    keyRing: value.KEY_RING && path.resolve(root, value.KEY_RING),
    logRequests: value.LOG_REQUESTS ?? false,
    xray: value.XRAY ?? true,
    rehearsals: value.REHEARSALS ?? isThisComputer(siteUrl.hostname),
    otlpEndpoint: value.OTEL_EXPORTER_OTLP_ENDPOINT,
    trustedProxies: value.TRUSTED_PROXIES ?? [],
  };
}

/** Whether a host of an address is the computer that asks, whichever it is: nobody else can be led there. */
const isThisComputer = (host: string): boolean => /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(host);

/** Of some use only with each other. */
const TOGETHER = [
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
  ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'],
];

function requireTogether(names: string[], given: Record<string, string | undefined>): void {
  const missing = names.filter((name) => !given[name]);
  if (missing.length === 0 || missing.length === names.length) return;
  throw new SettingsError(
    `The environment variables ${names.join(', ')} are needed together: ${missing.join(', ')} is not set.`,
  );
}

const SECRET = new Set([
  'OIDC_CLIENT_SECRET',
  'GITHUB_CLIENT_SECRET',
  'AUTH_SECRET',
  'OWNER_PASSWORD',
  'KEY_RING',
  'DATABASE_URL',
  'SMTP_URL',
]);

function sentence(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = String(issue.path[0]);
  const shown = SECRET.has(name) ? '' : ` (it is "${given[name]}")`;
  const allowed = issue.code === 'invalid_value' ? `must be one of ${issue.values.join(', ')}` : issue.message;
  return `The environment variable ${name} ${allowed}${shown}.`;
}

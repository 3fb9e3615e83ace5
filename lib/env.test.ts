import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './env';

describe('settings', () => {
  it('need nothing set', () => {
    expect(readSettings({}, '/srv/site')).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      siteUrl: 'http://localhost:3000',
      dataDir: path.resolve('/srv/site/.data'),
      logRequests: false,
    });
  });

  it('follow the port in the default address, and drop the slash of a given one', () => {
    expect(readSettings({ PORT: '8080' }).siteUrl).toBe('http://localhost:8080');
    expect(readSettings({ SITE_URL: 'https://notes.example.org/' }).siteUrl).toBe('https://notes.example.org');
  });

  it('allow rehearsals where the address is this computer, unless they are told otherwise', () => {
    const allowed = (given: Record<string, string>) => readSettings(given).rehearsals;
    expect(allowed({})).toBe(true);
    for (const own of ['http://127.0.0.1:3000', 'http://[::1]:3000', 'https://notes.localhost'])
      expect(allowed({ SITE_URL: own }), own).toBe(true);
    for (const other of ['https://notes.example.org', 'http://192.168.1.4:3000', 'http://localhost.example.org'])
      expect(allowed({ SITE_URL: other }), other).toBe(false);
    expect(allowed({ REHEARSALS: 'false' })).toBe(false);
    expect(allowed({ SITE_URL: 'https://try.example.org', REHEARSALS: 'true' })).toBe(true);
  });

  it('count an empty variable as unset', () => {
    expect(readSettings({ PORT: '', DATABASE_URL: ' ', SITE_URL: '' })).toMatchObject({
      port: 3000,
      databaseUrl: undefined,
    });
  });

  it.each([
    [{ PORT: '80a' }, 'PORT must be a number from 1 to 65535 (it is "80a")'],
    [{ PORT: '70000' }, 'PORT must be a number from 1 to 65535 (it is "70000")'],
    [{ HOST: 'a b' }, 'HOST must be a host name'],
    [{ SITE_URL: 'notes.example.org' }, 'SITE_URL must be an address such as https://notes.example.org'],
    [{ SITE_URL: 'https://a.org/notes' }, 'SITE_URL must not have a path'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must be an address such as postgres://'],
    [{ OWNER_EMAIL: 'ada' }, 'OWNER_EMAIL must be an e-mail address'],
    [
      { GITHUB_CLIENT_ID: 'x' },
      'GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET are needed together: GITHUB_CLIENT_SECRET is not set',
    ],
    [{ OIDC_CLIENT_SECRET: 'x' }, 'needed together: OIDC_ISSUER, OIDC_CLIENT_ID is not set'],
    [{ OIDC_ISSUER: 'login' }, 'OIDC_ISSUER must be an address such as https://'],
    [{ LOG_REQUESTS: 'maybe' }, 'LOG_REQUESTS must be one of 0, 1, true, false'],
  ])('name what is wrong in %o', (environment, text) => {
    expect(() => readSettings(environment)).toThrow(SettingsError);
    expect(() => readSettings(environment)).toThrow(text);
  });

  it('name every wrong variable at once, and never repeat a secret', () => {
    const read = () => readSettings({ PORT: 'x', OWNER_EMAIL: 'y', OWNER_PASSWORD: 'hunter2' });
    expect(read).toThrow(/PORT[\s\S]*OWNER_EMAIL[\s\S]*OWNER_PASSWORD/);
    expect(read).not.toThrow(/hunter2/);
  });
});

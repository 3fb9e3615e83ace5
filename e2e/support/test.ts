import { test as base, expect, type Request } from '@playwright/test';
import { makeFolder, removeFolder } from './folders';
import { type Site, startSite } from './site';
import { makeVault, type Vault } from './vault';
import { shelf, workshop } from './workshop';

export { expect };

type Worker = {
  /** A site of this worker's own, with the bundled vaults. */
  site: Site;
  /** The fixture vaults, published on it. What a test changes in them it puts back. */
  workshop: Vault;
  shelf: Vault;
};
type Each = {
  /** Words of the complaints in the console that a test expects. */
  expected: RegExp[];
  /** Fails a test whose pages complained, were refused something by their policy, or asked another site. */
  complaints: string[];
};

/** A window that changes its size has the browser leave out the animation between two pages, and say so. */
const SKIPPED = /Transition was aborted because of invalid state\. Viewport size changed/;

export const test = base.extend<Each, Worker>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from its parameter
    async ({}, use) => {
      const site = await startSite({ dataDir: await makeFolder('data') });
      await use(site);
      const { code, err, left } = await site.stop();
      expect({ code, left }, err).toEqual({ code: 0, left: [] });
      await removeFolder(site.dataDir);
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  workshop: [
    async ({ site }, use) => use(await makeVault(site, 'workshop', workshop)),
    { scope: 'worker', auto: true, timeout: 60_000 },
  ],
  shelf: [
    async ({ site }, use) => use(await makeVault(site, 'shelf', shelf)),
    { scope: 'worker', auto: true, timeout: 60_000 },
  ],
  baseURL: async ({ site }, use) => use(site.url),
  expected: [[], { option: true }],
  complaints: [
    async ({ context, site, expected }, use, testInfo) => {
      const complaints: string[] = [];
      const note = (text: string) => {
        if (!SKIPPED.test(text) && !expected.some((words) => words.test(text))) complaints.push(text);
      };
      context.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) note(`${message.page()?.url()}: ${message.text()}`);
      });
      context.on('weberror', (error) => note(`${error.page()?.url()}: ${error.error().message}`));
      const foreign = (request: Request) => {
        // The browser's own PDF viewer is made of pages too
        if (/^(?:https?|wss?):/.test(request.url()) && new URL(request.url()).origin !== site.url)
          note(`asked ${request.url()}`);
      };
      context.on('requestfinished', foreign);
      // What its policy forbids, a page never gets to ask
      context.on('requestfailed', (request) => request.failure()?.errorText !== 'csp' && foreign(request));
      await use(complaints);
      if (testInfo.status !== testInfo.expectedStatus)
        await testInfo.attach('what the site said', { body: site.said() });
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

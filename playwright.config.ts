import { tmpdir } from 'node:os';
import path from 'node:path';
import { defineConfig, devices } from '@playwright/test';

// Read again by every worker: what is chosen here is handed down in the environment
process.env.E2E_PORT ??= String(20_000 + Math.floor(Math.random() * 10_000));
process.env.E2E_DATA_DIR ??= path.join(tmpdir(), `trastienda-e2e-${process.env.E2E_PORT}`);
/** The owner of the site under test. */
process.env.OWNER_EMAIL = 'ada@example.org';
process.env.OWNER_PASSWORD = 'a back room of one’s own';

const port = process.env.E2E_PORT;
const baseURL = `http://localhost:${port}`;
const executablePath = process.env.CHROMIUM_PATH || undefined;
const quiet = ['--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  reporter: 'list',
  use: {
    baseURL,
    trace: 'retain-on-failure',
    launchOptions: { executablePath, args: [...quiet, ...asRoot] },
  },
  projects: [{ name: 'chromium', use: { ...devices['Desktop Chrome'] } }],
  webServer: {
    command: 'node bin/start.mjs',
    url: `${baseURL}/healthz`,
    timeout: 300_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 12_000 },
    stdout: 'pipe',
    env: {
      PORT: port,
      HOST: '127.0.0.1',
      SITE_URL: baseURL,
      DATA_DIR: process.env.E2E_DATA_DIR,
      OWNER_EMAIL: process.env.OWNER_EMAIL,
      OWNER_PASSWORD: process.env.OWNER_PASSWORD,
      // Empty counts as unset, and keeps a developer's .env out
      DATABASE_URL: '',
      SMTP_URL: '',
      KEY_RING: '',
    },
  },
});

import { defineConfig, devices } from '@playwright/test';

const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const quiet = ['--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const system = process.platform === 'linux' ? '/usr/bin/chromium' : undefined;

// Each worker starts a site of its own from this built checkout: see e2e/support/test.ts
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  use: {
    ...devices['Desktop Chrome'],
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    launchOptions: { executablePath: process.env.CHROMIUM_PATH || system, args: [...quiet, ...asRoot] },
  },
});

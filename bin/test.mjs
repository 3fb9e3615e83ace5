// `npm test`: every check there is, from a fresh clone, stopping at the first that fails.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build, checkNode, install, root, run, seconds, step } from './setup.mjs';

checkNode();
const began = performance.now();
console.log('');
try {
  await install();
  await check('Style and mistakes', 'biome', ['check', '--colors=off']);
  await check('Route types', 'next', ['typegen'], { show: /^$/ });
  await check('Types', 'tsc', ['--noEmit'], { show: /^$/ });
  await check('Unit and integration tests', 'vitest', ['run', '--no-color'], { show: /^\s*(?:Test Files|Tests) / });
  await build();
  const { findChromium } = await import('./chromium.mjs');
  const chromium = await step('Looking for a Chromium', findChromium);
  console.log(`    ${chromium}`);
  await browserTests(chromium);
  console.log(`\n  Everything passed in ${seconds(began)}\n`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

/** Runs one of the installed tools; its closing lines are shown, or everything it said when it fails. */
async function check(title, tool, args, { show = /\S/, env = process.env } = {}) {
  const program = path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${tool}.cmd` : tool);
  const output = await step(title, () => run(program, args, { env: { ...env, NEXT_TELEMETRY_DISABLED: '1' } }));
  const lines = output.split('\n').filter((line) => line.trim() !== '' && show.test(line));
  for (const line of lines.slice(-3)) console.log(`    ${line.trim()}`);
}

/** Against the production server, on data of its own: nobody's settings reach it. */
async function browserTests(chromium) {
  const data = mkdtempSync(path.join(tmpdir(), 'trastienda-e2e-'));
  const env = { ...process.env, CHROMIUM_PATH: chromium, E2E_PORT: String(await freePort()), E2E_DATA_DIR: data };
  try {
    await check('Browser tests', 'playwright', ['test', '--reporter=line'], {
      env,
      show: /^\s*\d+ (?:passed|skipped|flaky)/,
    });
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

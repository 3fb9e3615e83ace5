#!/usr/bin/env node
import { existsSync } from 'node:fs';

if (!existsSync(new URL('../node_modules/tsx', import.meta.url))) {
  console.error('Trastienda is not installed yet: run "npm start" (or "npm ci") in its folder first.');
  process.exit(1);
}
const { register } = await import('tsx/esm/api');
register();
await import('./commands/main.ts');

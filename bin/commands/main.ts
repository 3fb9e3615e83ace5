import path from 'node:path';
import { fileURLToPath } from 'node:url';
import nextEnv from '@next/env';
import { Command } from 'commander';
import { explain } from '@/server/explain';
import { doctorCommand } from './doctor';
import { exportCommand } from './export';
import { importCommand } from './import';
import { keysCommand } from './keys';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
nextEnv.loadEnvConfig(root, false, { info: () => {}, error: console.error });

const program = new Command('trastienda')
  .description('Publishes folders of Markdown or Obsidian notes. The site itself is started by "npm start".')
  .addCommand(importCommand(root))
  .addCommand(exportCommand(root))
  .addCommand(doctorCommand(root))
  .addCommand(keysCommand(root))
  .showSuggestionAfterError()
  .showHelpAfterError('(--help tells what there is)');
for (const command of program.commands) command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
program.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}

import { Command, Option } from 'commander';
import { objects } from '@/features/files/objects';
import { openKeys } from '@/features/keys/state';
import { applied } from '@/features/vaults/events';
import { importFolder, type Progress } from '@/features/vaults/import';
import { ImportError } from '@/features/vaults/import-error';
import { ACCESS_WORDS, parseAccess } from '@/lib/vault/access';
import { describeReport } from './describe-report';
import { withSite } from './with-site';

type Flags = { vault?: string; access?: string; dryRun?: boolean; json?: boolean };

/** `trastienda import <folder>` */
export function importCommand(root: string): Command {
  return new Command('import')
    .description('Make a vault equal to a folder of notes; what has not changed is left alone.')
    .argument('<folder>', 'a folder of Markdown notes, or an Obsidian vault')
    .option('--vault <slug>', "the vault's address on the site (default: from the folder's name)")
    .addOption(new Option('--access <who>', `who may read what says nothing itself: ${ACCESS_WORDS}`))
    .option('--dry-run', 'tell what would change, and change nothing')
    .option('--json', 'print the whole report as JSON')
    .action(async (folder: string, flags: Flags) => {
      const access = flags.access === undefined ? undefined : parseAccess(flags.access);
      if (access === null) throw new ImportError(`--access is ${ACCESS_WORDS}, not "${flags.access}".`);
      await withSite(root, async (connection) => {
        await openKeys(connection.db);
        const { report, event } = await importFolder(connection.db, {
          folder,
          slug: flags.vault,
          access,
          dryRun: flags.dryRun,
          store: objects(),
          onProgress: flags.json || !process.stderr.isTTY ? undefined : showProgress,
        });
        if (process.stderr.isTTY && !flags.json) process.stderr.write('\u001b[2K\r');
        const shown = event !== null && !flags.dryRun ? await applied(connection, event) : null;
        console.log(flags.json ? JSON.stringify(report, null, 2) : describeReport(report, shown));
      });
    });
}

const STEPS = { compiling: 'Reading notes', linking: 'Following links', files: 'Keeping files' };

function showProgress({ step, done, total }: Progress): void {
  if (done % 20 === 0 || done === total) process.stderr.write(`\u001b[2K\r${STEPS[step]}: ${done} of ${total}`);
}

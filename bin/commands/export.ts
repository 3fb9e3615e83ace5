import { Command } from 'commander';
import { objects } from '@/features/files/objects';
import { exportVault } from '@/features/vaults/export';
import { withSite } from './with-site';

/** `trastienda export <vault> <folder>` */
export function exportCommand(root: string): Command {
  return new Command('export')
    .description('Write a vault back as a folder, byte for byte as it was imported.')
    .argument('<vault>', "the vault's slug")
    .argument('<folder>', 'a folder that does not exist yet, or is empty')
    .option('--json', 'print the report as JSON')
    .action(async (vault: string, folder: string, flags: { json?: boolean }) => {
      const report = await withSite(root, ({ db }) => exportVault(db, { vault, folder, store: objects() }));
      if (flags.json) return console.log(JSON.stringify(report, null, 2));
      console.log(`Wrote ${report.notes} notes and ${report.files} files to ${report.folder}.`);
      if (report.left.length > 0)
        console.log(
          `${report.left.length} files that no note refers to were never kept, so they are not there:\n  ${report.left.join('\n  ')}`,
        );
    });
}

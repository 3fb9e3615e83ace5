import { Command } from 'commander';
import { type Examination, examine, isHealthy } from '@/features/files/examine';
import { objects } from '@/features/files/objects';
import { type Repaired, repair } from '@/features/files/repair';
import { GRACE_SECONDS } from '@/features/files/sweep';
import { isSound, sentenceOf } from '@/features/keys/state';
import { withSite } from './with-site';

type Flags = { repair?: boolean; quick?: boolean; json?: boolean };

/** `trastienda doctor` */
export function doctorCommand(root: string): Command {
  return new Command('doctor')
    .description(
      'Compare files, their stored bytes and the keys; without --repair, change nothing. Exits with 1 when something is wrong.',
    )
    .option('--repair', 'remove what nothing refers to, and have what is damaged made or imported again')
    .option('--quick', 'open the beginning and the end of each file instead of reading all')
    .option('--json', 'print the findings as JSON')
    .action(async ({ repair: mend = false, quick = false, json = false }: Flags) => {
      await withSite(root, async ({ db }) => {
        const showsProgress = !json && process.stderr.isTTY;
        const found = await examine(db, objects(), {
          quick,
          graceSeconds: GRACE_SECONDS,
          onProgress: (done) => showsProgress && process.stderr.write(`\u001b[2K\r${done} examined`),
        });
        if (showsProgress) process.stderr.write('\u001b[2K\r');
        const repaired = mend ? await repair(db, objects(), found, GRACE_SECONDS) : null;
        console.log(json ? JSON.stringify({ ...found, repaired }, null, 2) : describeFindings(found, repaired));
        if (!isHealthy(found)) process.exitCode = 1;
      });
    });
}

/** The findings for a person: one line each, the files by name. */
export function describeFindings(found: Examination, repaired: Repaired | null): string {
  const lines = [`Examined ${found.examined} stored files (${(found.bytes / 1e6).toFixed(1)} MB).`];
  if (!isSound(found.keys)) lines.push(sentenceOf(found.keys));
  for (const { fault, key, files, detail } of found.findings) {
    lines.push(`${fault.padEnd(8)} ${files.length > 0 ? files.join(', ') : key}: ${detail}`);
  }
  if (isHealthy(found)) lines.push('Nothing is wrong.');
  if (repaired) {
    const { marked, redrawn, swept } = repaired;
    lines.push(
      `Repaired: ${marked} files are stored anew by the next import of their folder, ${redrawn} pictures are made again,`,
      `${swept.orphans + swept.temporaries} stored bytes without a row and ${swept.rows} rows without a file were removed.`,
    );
  } else if (found.findings.length > 0) lines.push('"trastienda doctor --repair" does what can be done about it.');
  return lines.join('\n');
}

import { Command } from 'commander';
import { ringPath } from '@/features/keys/ring-file';
import { listKeys, removeKey, rotateKeys } from '@/features/keys/rotate';
import { isSound, readKeyState, sentenceOf } from '@/features/keys/state';
import { withSite } from './with-site';

type Flags = { json?: boolean };

/** `trastienda keys status|rotate|remove` */
export function keysCommand(root: string): Command {
  return new Command('keys')
    .description('The keys that encrypt files and secrets.')
    .addCommand(statusCommand(root))
    .addCommand(rotateCommand(root))
    .addCommand(removeCommand(root));
}

function statusCommand(root: string): Command {
  return new Command('status')
    .description('Tell which keys there are and how much is encrypted with each. Exits with 1 when one is missing.')
    .option('--json', 'print it as JSON')
    .action(async ({ json }: Flags) => {
      await withSite(root, async ({ db }) => {
        const state = await readKeyState(db);
        const keys = state.problem === null && state.primary !== null ? await listKeys(db) : [];
        if (json) console.log(JSON.stringify({ ...state, keys }, null, 2));
        else {
          console.log(`The key ring is ${state.path}`);
          for (const { id, primary, uses } of keys) console.log(`${id}  ${uses} uses${primary ? '  (primary)' : ''}`);
          if (!isSound(state)) console.log(sentenceOf(state));
        }
        if (!isSound(state)) process.exitCode = 1;
      });
    });
}

function rotateCommand(root: string): Command {
  return new Command('rotate')
    .description(
      'Make a new key and wrap everything with it, or finish a rotation that was cut off. Files are not written again.',
    )
    .option('--json', 'print the report as JSON')
    .action(async ({ json }: Flags) => {
      await withSite(root, async ({ db }) => {
        const rotated = await rotateKeys(db);
        if (json) return console.log(JSON.stringify(rotated, null, 2));
        console.log(
          rotated.made ? `Made the key ${rotated.primary}.` : `Finished the rotation to the key ${rotated.primary}.`,
        );
        console.log(`${rotated.rewrapped} stored files and secrets are wrapped with it now.`);
        if (rotated.failed.length > 0) console.log(`The keys of these are damaged: ${rotated.failed.join(', ')}`);
        console.log(
          `Copy ${ringPath()} to where its last copy is. Keep older keys for as long as backups from before.`,
        );
      });
    });
}

function removeCommand(root: string): Command {
  return new Command('remove')
    .description('Take an old key out of the key ring. Backups from when it was in use cannot be read without it.')
    .argument('<id>', 'the id of a key that nothing is encrypted with any more')
    .action(async (id: string) => {
      await withSite(root, async ({ db }) => {
        await removeKey(db, id);
        console.log(`Removed the key ${id} from ${ringPath()}.`);
      });
    });
}

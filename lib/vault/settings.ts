import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { VaultSettings } from './entry';
import { excludeProblem } from './exclude';
import { readObsidian } from './obsidian';
import { parseSettings, SETTINGS_FILE, VaultSettingsError } from './settings-file';

export { EMPTY_SETTINGS, parseSettings, SETTINGS_FILE, VaultSettingsError } from './settings-file';

const BYTES_MAX = 256 * 1024;

export type ReadSettings = {
  settings: VaultSettings;
  /** The bytes of `trastienda.yaml` for export; null when the vault has none. */
  source: Uint8Array | null;
  /** What in Obsidian's own settings could not be used, for the report. */
  problems: string[];
};

/**
 * A vault's settings from `trastienda.yaml` and the parts of `.obsidian/` that change how notes read (V02). Without either, nothing is
 * said and the vault is private. Rejects with `VaultSettingsError` when `trastienda.yaml` is wrong; what is wrong in
 * `.obsidian/` is only reported, since another program wrote it.
 */
export async function readSettings(root: string): Promise<ReadSettings> {
  const source = await readInside(root, SETTINGS_FILE);
  const settings = parseSettings(source === null ? '' : new TextDecoder().decode(source));
  const app = await readInside(root, '.obsidian/app.json');
  const templates = await readInside(root, '.obsidian/templates.json');
  const obsidian = readObsidian(app, templates);
  const exclude = obsidian.exclude.filter((entry) => excludeProblem(entry) === null);
  const refused = obsidian.exclude.flatMap((entry) => excludeProblem(entry) ?? []);
  return {
    settings: {
      ...settings,
      strictLineBreaks: obsidian.strictLineBreaks,
      exclude: [...new Set([...settings.exclude, ...exclude])],
    },
    source,
    problems: [...obsidian.problems, ...refused.map((problem) => `.obsidian/app.json: ${problem}`)],
  };
}

/** A settings file's bytes; null when there is none. One that is a link out of the vault, or too large, is refused. */
async function readInside(root: string, path: string): Promise<Uint8Array | null> {
  try {
    const base = await realpath(root);
    const file = await realpath(join(base, path));
    if (!file.startsWith(base + sep)) throw new VaultSettingsError(path, 1, null, 'leads out of the vault', null);
    const bytes = await readFile(file);
    if (bytes.length > BYTES_MAX)
      throw new VaultSettingsError(path, 1, null, `is larger than ${BYTES_MAX / 1024} KiB`, null);
    return bytes;
  } catch (error) {
    if (error instanceof VaultSettingsError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new VaultSettingsError(path, 1, null, `cannot be read (${code ?? 'unknown'})`, null);
  }
}

import { z } from 'zod';

const App = z.object({
  strictLineBreaks: z.boolean().optional().catch(undefined),
  userIgnoreFilters: z.array(z.string()).nullish().catch(undefined),
});
const Templates = z.object({ folder: z.string().optional().catch(undefined) });

export type ObsidianSettings = { strictLineBreaks: boolean; exclude: string[]; problems: string[] };

/** What `.obsidian/app.json` and `.obsidian/templates.json` (their bytes, or null) say about reading the vault. Never throws. */
export function readObsidian(app: Uint8Array | null, templates: Uint8Array | null): ObsidianSettings {
  const problems: string[] = [];
  const read = <T>(schema: z.ZodType<T>, bytes: Uint8Array | null, name: string): T | null => {
    if (bytes === null) return null;
    try {
      return schema.parse(JSON.parse(new TextDecoder().decode(bytes)));
    } catch {
      problems.push(`.obsidian/${name}: not read, it is not valid`);
      return null;
    }
  };
  const settings = read(App, app, 'app.json');
  const folder = read(Templates, templates, 'templates.json')?.folder?.trim();
  return {
    strictLineBreaks: settings?.strictLineBreaks ?? false,
    exclude: [...(settings?.userIgnoreFilters ?? []), ...(folder && folder !== '/' ? [folder] : [])],
    problems,
  };
}

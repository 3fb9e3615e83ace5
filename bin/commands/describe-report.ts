import type { Report } from '@/features/vaults/report';

/** Lines of each kind that are shown; --json has them all. */
const SHOWN = 15;

/** The report of an import, for a person. */
export function describeReport(report: Report, shown: { sites: number; all: boolean } | null): string {
  const { changed, vault } = report;
  const counts = `${changed.added} added, ${changed.updated} updated, ${changed.renamed} renamed, ${changed.removed} removed, ${changed.unchanged} unchanged`;
  return [
    `${report.dryRun ? 'This would make' : 'Made'} /${vault}: ${report.notes} notes (${report.publicNotes} public), ${report.files} files; ${counts}.`,
    `Read ${report.read} files, accounted for ${report.accounted}, in ${(report.took / 1000).toFixed(1)} s.`,
    ...(report.notice ? [report.notice] : []),
    ...list('Removed', report.removed),
    ...list(
      'Renamed',
      report.renamed.map(({ from, to }) => `${from} → ${to}`),
    ),
    ...list(
      'Not imported',
      report.skipped.map(({ path, reason }) => `${path}: ${reason}`),
    ),
    ...list(
      'Problems',
      report.problems.map(({ path, line, problem }) => `${path}:${line} ${problem}`),
    ),
    ...list(
      'Links to notes that do not exist',
      report.unresolved.map((each) => `${place(each)} [[${each.target}]]${hint(each)}`),
    ),
    ...list(
      'Links to files that do not exist',
      report.missing.map((each) => `${place(each)} ${each.target}`),
    ),
    ...list(
      'Links to headings or blocks that their note has not (they lead to the note)',
      report.missingParts.map((each) => `${place(each)} [[${each.target}#${each.fragment}]]`),
    ),
    ...list(
      'Links that could mean several notes',
      report.ambiguous.map((each) => `${place(each)} [[${each.target}]] → ${each.candidates.join(' or ')}`),
    ),
    ...list('Files no note refers to (their bytes are not kept)', report.unreferenced),
    ...list('Files that both public and closed notes refer to (anyone may download them)', report.shared),
    ...list(
      'Paths that some computers take for one',
      report.collisions.map((paths) => paths.join(' and ')),
    ),
    ...list(
      'Shown as their source',
      report.unsupported.map((each) => `${place(each)} ${each.kind}`),
    ),
    ...(shown ? [live(shown)] : []),
  ].join('\n');
}

const place = ({ path, line }: { path: string; line: number }) => `${path}:${line}`;
const hint = ({ suggestion }: { suggestion?: string }) =>
  suggestion ? ` (did you mean ${suggestion}, which has it as an alias?)` : '';

function list(heading: string, lines: string[]): string[] {
  if (lines.length === 0) return [];
  const rest = lines.length - SHOWN;
  return [
    '',
    `${heading}: ${lines.length}`,
    ...lines.slice(0, SHOWN).map((line) => `  ${line}`),
    ...(rest > 0 ? [`  … and ${rest} more (--json has them all)`] : []),
  ];
}

function live({ sites, all }: { sites: number; all: boolean }): string {
  if (sites === 0 && all) return '\nNo site is running on this database now; the next start shows it.';
  return all
    ? `\nLive on ${sites} running site${sites === 1 ? '' : 's'}.`
    : '\nA running site has not taken it over yet; it will as soon as it answers.';
}

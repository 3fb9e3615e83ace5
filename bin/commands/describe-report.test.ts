import { describe, expect, it } from 'vitest';
import type { Report } from '@/features/vaults/report';
import { describeReport } from './describe-report';

const report: Report = {
  vault: 'notes',
  title: 'Notes',
  access: 'private',
  notice: 'Nothing says who may read this vault.',
  dryRun: false,
  notes: 3,
  publicNotes: 1,
  files: 2,
  settings: 0,
  skipped: [{ path: '.obsidian', reason: "Obsidian's settings" }],
  unresolved: [{ path: 'Ada.md', line: 4, target: 'Countess', suggestion: 'People/Ada.md' }],
  ambiguous: [{ path: 'Bo.md', line: 1, target: 'Salt', candidates: ['Salt.md', 'Shop/Salt.md'] }],
  missing: [{ path: 'Bo.md', line: 2, target: 'crest.png' }],
  missingParts: [{ path: 'Bo.md', line: 3, target: 'Ada', fragment: 'Life' }],
  unreferenced: ['old.pdf'],
  shared: ['plan.png'],
  collisions: [['A.md', 'a.md']],
  unsupported: [{ path: 'Bo.md', line: 5, kind: 'dataview' }],
  problems: [{ path: 'Cleo.md', line: 2, problem: 'the properties are not valid YAML' }],
  changed: { added: 1, updated: 1, removed: 1, renamed: 1, unchanged: 2 },
  removed: ['Gone.md'],
  renamed: [{ from: 'Was.md', to: 'Is.md' }],
  read: 6,
  accounted: 6,
  took: 1234,
};
const nothing: Report = {
  ...report,
  notice: null,
  skipped: [],
  unresolved: [],
  ambiguous: [],
  missing: [],
  missingParts: [],
  unreferenced: [],
  shared: [],
  collisions: [],
  unsupported: [],
  problems: [],
  removed: [],
  renamed: [],
};

describe('a report told to a person', () => {
  it('says everything that was found, each with its place', () => {
    const text = describeReport(report, { sites: 2, all: true });
    for (const line of [
      'Made /notes: 3 notes (1 public), 2 files; 1 added, 1 updated, 1 renamed, 1 removed, 2 unchanged.',
      'Read 6 files, accounted for 6, in 1.2 s.',
      'Nothing says who may read this vault.',
      '  Gone.md',
      '  Was.md → Is.md',
      "  .obsidian: Obsidian's settings",
      '  Cleo.md:2 the properties are not valid YAML',
      '  Ada.md:4 [[Countess]] (did you mean People/Ada.md, which has it as an alias?)',
      '  Bo.md:1 [[Salt]] → Salt.md or Shop/Salt.md',
      '  Bo.md:2 crest.png',
      '  Bo.md:3 [[Ada#Life]]',
      '  old.pdf',
      '  plan.png',
      '  A.md and a.md',
      '  Bo.md:5 dataview',
      'Live on 2 running sites.',
    ])
      expect(text.split('\n')).toContain(line);
  });

  it('is two lines when there is nothing to tell', () =>
    expect(describeReport(nothing, null).split('\n')).toHaveLength(2));

  it('says what a dry run would do', () =>
    expect(describeReport({ ...nothing, dryRun: true }, null)).toMatch(/^This would make \/notes: /));

  it('shows the first of many, and where the rest are', () => {
    const many = Array.from({ length: 40 }, (_, i) => `file ${i}.png`);
    const text = describeReport({ ...nothing, unreferenced: many }, null);
    expect(text).toContain(': 40\n  file 0.png');
    expect(text).toContain('… and 25 more (--json has them all)');
    expect(text).not.toContain('file 15.png');
  });

  it('says whether readers see it already', () => {
    expect(describeReport(nothing, { sites: 0, all: true })).toContain('No site is running');
    expect(describeReport(nothing, { sites: 1, all: true })).toContain('Live on 1 running site.');
    expect(describeReport(nothing, { sites: 1, all: false })).toContain('has not taken it over yet');
  });
});

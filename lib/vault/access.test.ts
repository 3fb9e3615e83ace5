import { describe, expect, test } from 'vitest';
import { decideAccess, decideByPlace, formatAccess, parseAccess } from './access';
import type { Access } from './entry';
import { readFrontmatter } from './frontmatter';

const PUBLIC: Access = { level: 'public' };
const MEMBERS: Access = { level: 'members' };
const PRIVATE: Access = { level: 'private' };

const settings = {
  access: PUBLIC,
  folders: [
    { path: 'Class', access: MEMBERS },
    { path: 'Class/Answers', access: PRIVATE },
  ],
};
const decide = (path: string, ...lines: string[]) =>
  decideAccess(readFrontmatter(lines.length > 0 ? ['---', ...lines, '---', ''].join('\n') : ''), path, settings);
const word = (path: string, ...lines: string[]) => formatAccess(decide(path, ...lines).access);

describe('who may read a note', () => {
  test.each([
    ['Note.md', [], 'public'],
    ['Class/One.md', [], 'members'],
    ['class/one.md', [], 'members'],
    ['Classroom/One.md', [], 'public'],
    ['Class/Answers/One.md', [], 'private'],
    ['Class/Answers/One.md', ['publish: true'], 'public'],
    ['Note.md', ['publish: false'], 'private'],
    ['Note.md', ['publish: perhaps'], 'private'],
    ['Note.md', ['publish:'], 'public'],
    ['Note.md', ['publish: true', 'access: members'], 'members'],
    ['Note.md', ['publish: false', 'access: group:Teachers'], 'group:Teachers'],
    ['Note.md', ['access: Public'], 'public'],
    ['Note.md', ['access:'], 'public'],
    ['Note.md', ['access: everyone'], 'private'],
    ['Note.md', ['access: [public, members]'], 'private'],
    ['Note.md', ['access: { level: public }'], 'private'],
    ['Note.md', ['access: true'], 'private'],
    ['Note.md', ['access: "group:"'], 'private'],
    ['Note.md', ['access: public', 'tags: [oops'], 'private'],
  ])('%s with %j: %s', (path, lines, expected) => expect(word(path, ...lines)).toBe(expected));

  test('a word that is not understood is reported', () =>
    expect(decide('a.md', 'access: everyone').problem).toContain('"everyone"'));
  test('the decision says which rule made it', () =>
    expect(decide('Class/a.md').because).toBe('the rule for the folder Class'));
  test('a vault that says nothing is private', () =>
    expect(decideByPlace('a.md', { access: null, folders: [] })).toMatchObject({ access: PRIVATE, problem: null }));
});

test.each(['public', 'members', 'private', 'group:2º B', 'group:staff_1'])('%s is read and written alike', (text) => {
  const access = parseAccess(text);
  expect(access && formatAccess(access)).toBe(text);
});

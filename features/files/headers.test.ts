import { parse } from 'content-disposition';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymous } from '../access/viewer';
import { describeFile, safeName } from './headers';

const disposition = (name: string, mediaType = 'application/octet-stream', inline = false) =>
  describeFile(anonymous, { name, mediaType }, inline)['content-disposition'] ?? '';

describe('the name a file is saved under', () => {
  it.each([
    ['plan.pdf', 'plan.pdf'],
    ['año “ü” €.txt', 'año “ü” €.txt'],
    ['日本語.txt', '日本語.txt'],
    ['a"b.txt', 'a"b.txt'],
    ['a\r\nSet-Cookie: x.txt', 'a__Set-Cookie: x.txt'],
    ['../../etc/passwd', '__.._etc_passwd'],
    ['a\\b.txt', 'a_b.txt'],
    ['photo\u202egpj.exe', 'photo_gpj.exe'],
    ['.bashrc', '_bashrc'],
    ['\u200b', '_'],
    ['', 'file'],
    ['100%25.txt', '100%25.txt'],
  ])('of %j is %j', (name, saved) => {
    expect(parse(disposition(name)).parameters.filename).toBe(saved);
  });

  it('can be written in a header, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const header = disposition(name);
        expect(header).toMatch(/^attachment; filename=[\x20-\x7e]*$/);
        expect(() => new Headers({ 'content-disposition': header })).not.toThrow();
        expect(safeName(name)).not.toMatch(/[\\/\r\n\0\u202e]/);
      }),
    );
  });
});

describe('a file is shown in the browser', () => {
  it.each([
    'image/png',
    'image/jpeg',
    'image/gif',
    'image/webp',
    'image/avif',
    'audio/mpeg',
    'video/mp4',
    'application/pdf',
  ])('when it is %s and that is asked for', (mediaType) => {
    expect(disposition('a', mediaType, true)).toMatch(/^inline/);
    expect(disposition('a', mediaType, false)).toMatch(/^attachment/);
  });

  it.each([
    'image/svg+xml',
    'text/html',
    'text/xml',
    'application/xhtml+xml',
    'application/json',
    'application/octet-stream',
  ])('never when it is %s', (mediaType) => expect(disposition('a', mediaType, true)).toMatch(/^attachment/));

  it('where it can run nothing', () => {
    const policy = (mediaType: string) =>
      describeFile(anonymous, { name: 'a', mediaType }, true)['content-security-policy'];
    expect(policy('image/png')).toMatch(/^sandbox; default-src 'none'/);
    expect(policy('application/pdf')).toMatch(/^default-src 'none'/);
  });
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dimensionsOf, readDimensions } from './dimensions';
import { checkedMedia, DOWNLOAD, mediaOf, sniff } from './media';

const bytes = (latin1: string) => Buffer.from(latin1, 'latin1');
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAYAAACddGYaAAAAC0lEQVR4nGNgwAQAAA4AATUwb0wAAAAASUVORK5CYII=',
  'base64',
);

describe('kinds of files (V07)', () => {
  test.each([
    ...['avif', 'bmp', 'gif', 'jpeg', 'jpg', 'png', 'svg', 'webp'].map((each) => [each, 'image']),
    ...['flac', 'm4a', 'mp3', 'ogg', 'wav', '3gp'].map((each) => [each, 'audio']),
    ...['mkv', 'mov', 'mp4', 'ogv', 'webm'].map((each) => [each, 'video']),
    ['pdf', 'pdf'],
    ['canvas', 'canvas'],
    ['base', 'base'],
  ])('.%s is shown as %s', (extension, shown) =>
    expect(mediaOf(`a/b.x.${extension.toUpperCase()}`)?.shown).toBe(shown),
  );
  test.each(['a.zip', 'a.md', 'png', 'a.', 'a.png/b', '.constructor'])('%s has no kind of its own', (path) =>
    expect(mediaOf(path)).toBeNull(),
  );
});

describe('the first bytes', () => {
  test.each([
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['RIFF\n\0\0\0WEBPVP8 ', 'image/webp'],
    ['\0\0\0\x1cftypavif', 'image/avif'],
    ['\0\0\0\x1cftypmif1\0\0\0\0mif1avif', 'image/avif'],
    ['%PDF-1.7', 'application/pdf'],
    ['RIFF\n\0\0\0WAVEfmt ', 'audio/wav'],
    ['ID3\x03', 'audio/mpeg'],
    ['OggS\0', 'audio/ogg'],
    ['\0\0\0\x20ftypM4A ', 'audio/mp4'],
    ['\0\0\0\x14ftypqt  ', 'video/quicktime'],
    ['\0\0\0\x20ftypisom', 'video/mp4'],
    ['\x1a\x45\xdf\xa3', 'video/webm'],
    ['<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="">', 'image/svg+xml'],
    ['<html><svg>', null],
    ['', null],
  ])('%j are %s', (head, type) => expect(sniff(bytes(head))).toBe(type));

  test('are believed rather than the extension', () => {
    expect(checkedMedia('a.png', bytes('<script>'))).toEqual(DOWNLOAD);
    expect(checkedMedia('a.png', bytes('<svg onload="">'))).toEqual(DOWNLOAD);
    expect(checkedMedia('a.svg', PNG)).toEqual(DOWNLOAD);
    expect(checkedMedia('a.pdf', PNG)).toEqual(DOWNLOAD);
    expect(checkedMedia('a.jpg', PNG)).toEqual({ mediaType: 'image/png', shown: 'image' });
    expect(checkedMedia('a.ogv', bytes('OggS'))).toEqual({ mediaType: 'video/ogg', shown: 'video' });
    expect(checkedMedia('a.mkv', bytes('\x1a\x45\xdf\xa3')).shown).toBe('video');
    expect(checkedMedia('a.canvas', bytes('{}')).shown).toBe('canvas');
    expect(checkedMedia('a.html', bytes('<svg'))).toEqual(DOWNLOAD);
  });
  test('of anything do not make it fail', () =>
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 700 }),
        (head) => checkedMedia('a.svg', head) !== undefined && dimensionsOf(head) !== undefined,
      ),
    ));
});

describe('dimensions', () => {
  test('are those of the picture', () => expect(dimensionsOf(PNG)).toEqual({ width: 3, height: 2 }));
  test('are those of a drawing', () =>
    expect(dimensionsOf(bytes('<svg viewBox="0 0 40.4 20"/>'))).toEqual({ width: 40, height: 20 }));
  test('are unknown for a broken picture', () => expect(dimensionsOf(PNG.subarray(0, 12))).toBeNull());
  test('are read from a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'media-'));
    await writeFile(join(folder, 'a.png'), PNG);
    expect(await readDimensions(join(folder, 'a.png'))).toEqual({ width: 3, height: 2 });
    await rm(folder, { recursive: true });
  });
});

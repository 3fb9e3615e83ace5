import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A picture of one colour. */
export function png(width: number, height: number, [red, green, blue]: [number, number, number]): Buffer {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, Buffer.from([red, green, blue]))]);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    ...[chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))],
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc(named));
  return Buffer.concat([length, named, sum]);
}

function crc(bytes: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}

/** A tenth of a second of silence. */
export function wav(): Buffer {
  const samples = Buffer.alloc(800, 128);
  const head = Buffer.from('RIFF\0\0\0\0WAVEfmt \0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0data\0\0\0\0', 'latin1');
  head.writeUInt32LE(36 + samples.length, 4);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(8_000, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** A film of noise (WebM, VP8), a picture a second: large enough not to be taken whole, with an index to seek by. */
export async function webm(seconds: number): Promise<Buffer> {
  const [width, height] = [320, 240];
  const raw = { width, height, channels: 3 as const };
  const picture = await sharp(randomBytes(width * height * 3), { raw })
    .webp({ quality: 90 })
    .toBuffer();
  const frame = picture.subarray(picture.indexOf('VP8 ') + 8); // the one picture of a WebP file is a key frame of VP8
  const info = element('1549a966', [
    element('2ad7b1', number(1_000_000, 4)),
    element('4489', float(seconds * 1_000)),
    element('4d80', Buffer.from('test')),
    element('5741', Buffer.from('test')),
  ]);
  const track = [
    ...[element('d7', number(1)), element('73c5', number(1)), element('83', number(1))],
    element('86', Buffer.from('V_VP8')),
    element('e0', [element('b0', number(width, 2)), element('ba', number(height, 2))]),
  ];
  const tracks = element('1654ae6b', [element('ae', track)]);
  const clusters = Array.from({ length: seconds }, (_, i) =>
    element('1f43b675', [
      element('e7', number(i * 1_000, 4)),
      element('a3', Buffer.concat([Buffer.from([0x81, 0, 0, 0x80]), frame])),
    ]),
  );
  const cuesAt = (first: number) => {
    let place = first;
    const points = clusters.map((cluster, i) => {
      const at = place;
      place += cluster.length;
      const where = element('b7', [element('f7', number(1)), element('f1', number(at, 6))]);
      return element('bb', [element('b3', number(i * 1_000, 4)), where]);
    });
    return element('1c53bb6b', points);
  };
  const before = info.length + tracks.length;
  const cues = cuesAt(before + cuesAt(0).length);
  const kind = [element('4282', Buffer.from('webm')), element('4287', number(2)), element('4285', number(2))];
  return Buffer.concat([element('1a45dfa3', kind), element('18538067', [info, tracks, cues, ...clusters])]);
}

function element(id: string, content: Buffer | Buffer[]): Buffer {
  const body = Array.isArray(content) ? Buffer.concat(content) : content;
  const size = number(body.length, 8);
  size[0] = 1; // that eight bytes tell the size
  return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
}

function number(value: number, bytes = 1): Buffer {
  const all = Buffer.alloc(8);
  all.writeBigUInt64BE(BigInt(value));
  return all.subarray(8 - bytes);
}

function float(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
}

/** One empty page. */
export function pdf(): Buffer {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = text.length;
  text += `xref\n0 4\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** A drawing that tries to run something and to ask elsewhere. */
export const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80" viewBox="0 0 120 80"
  onload="fetch('/?canary')"><script>document.title = 'taken over'</script>
  <image href="https://elsewhere.example/spy.png" width="1" height="1"/><rect width="120" height="80" fill="#0c5a45"/></svg>`;

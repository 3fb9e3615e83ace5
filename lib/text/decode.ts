export type Decoded = {
  /** Without a byte order mark, line ends `\n`, no U+0000. */
  text: string;
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
  /** What was wrong with the bytes, in words for the report. */
  problem: string | null;
};

/** Bytes looked at when guessing UTF-16 without a byte order mark. */
const GUESS_BYTES = 4096;

/**
 * The text of a note's bytes. A byte order mark decides; without one, UTF-8, unless zero bytes betray UTF-16. Bytes that are no
 * UTF-8 are read as windows-1252 when nothing else in the note needs UTF-8, else replaced by U+FFFD. Never throws:
 * whatever was guessed or lost is told in `problem`.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const { encoding, start, guessed } = detect(bytes);
  const body = bytes.subarray(start);
  if (encoding !== 'utf-8')
    return finish(utf16(body, encoding), encoding, guessed ? `read as ${encoding}: it has no byte order mark` : null);
  const strict = decodeStrictly(body);
  if (strict !== null) return finish(strict, 'utf-8', null);
  const replaced = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  if (/[^\x00-\x7f\uFFFD]/.test(replaced)) return finish(replaced, 'utf-8', null);
  return finish(windows1252(body), 'windows-1252', 'not valid UTF-8; read as windows-1252');
}

function detect(bytes: Uint8Array): { encoding: 'utf-8' | 'utf-16le' | 'utf-16be'; start: number; guessed: boolean } {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', start: 3, guessed: false };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', start: 2, guessed: false };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', start: 2, guessed: false };
  const zeros = [0, 0];
  const head = bytes.subarray(0, GUESS_BYTES);
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = Math.max(2, head.length / 5);
  if (odd >= many && even === 0) return { encoding: 'utf-16le', start: 0, guessed: true };
  if (even >= many && odd === 0) return { encoding: 'utf-16be', start: 0, guessed: true };
  return { encoding: 'utf-8', start: 0, guessed: false };
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

function decodeStrictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The characters of bytes 0x80 to 0x9f; Node 20's own decoder reads them as control characters. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

function windows1252(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes).toString('latin1');
  return latin.replace(/[\x80-\x9f]/g, (char) => WINDOWS_1252.charAt(char.charCodeAt(0) - 0x80));
}

function finish(decoded: string, encoding: Decoded['encoding'], problem: string | null): Decoded {
  const text = decoded.replaceAll('\0', '\uFFFD').replace(/\r\n?/g, '\n');
  if (problem !== null || !text.includes('\uFFFD')) return { text, encoding, problem };
  return { text, encoding, problem: `some characters could not be read as ${encoding} and are shown as \uFFFD` };
}

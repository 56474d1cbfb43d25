import type { TableEncoding } from '../ports/tables';
import type { Head } from './bytes';
import { decodeWindows1252, encodeWindows1252 } from './windows-1252';

export interface FoundEncoding {
  readonly encoding: TableEncoding;
  readonly bom: boolean;
  /** `ascii`: nothing else was seen, so it is decided at the first byte that says more. */
  readonly certainty: 'certain' | 'guessed' | 'ascii';
}

const marks: readonly (readonly [TableEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** A byte order mark, else UTF-16 by where its zeros stand, else UTF-8 if it is, else windows-1252. */
export function findEncoding(head: Head): FoundEncoding {
  const { bytes } = head;
  const marked = marks.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked !== undefined) return { encoding: marked[0], bom: true, certainty: 'certain' };
  return { bom: false, ...(byZeros(firstLine(bytes)) ?? byZeros(bytes) ?? eightBits(head)) };
}

/** U+FFFD as it stands in UTF-8: a file may hold what another program could not read. */
const replacement = '\u00ef\u00bf\u00bd';

type Guess = Omit<FoundEncoding, 'bom'>;

/** The headings are in Latin letters, whatever stands below them. */
function firstLine(bytes: Buffer): Buffer {
  const end = bytes.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  return end === -1 ? bytes : bytes.subarray(0, end);
}

function byZeros(bytes: Buffer): Guess | null {
  const pairs = bytes.length >> 1;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < pairs * 2; at += 2) {
    if (bytes[at] === 0) even += 1;
    if (bytes[at + 1] === 0) odd += 1;
  }
  if (odd > pairs * 0.4 && even < pairs * 0.1) return { encoding: 'utf-16le', certainty: 'certain' };
  if (even > pairs * 0.4 && odd < pairs * 0.1) return { encoding: 'utf-16be', certainty: 'certain' };
  return null;
}

/** A few broken characters among many good ones are still UTF-8. */
function eightBits({ bytes, whole }: Head): Guess {
  if (firstBeyondAscii(bytes) === -1) return { encoding: 'utf-8', certainty: 'ascii' };
  const text = new TextDecoder().decode(bytes, { stream: !whole });
  const beyond = text.match(/[^\p{ASCII}]/gu) ?? [];
  const replaced = beyond.filter((character) => character === '\ufffd').length;
  const broken = replaced - (bytes.toString('latin1').split(replacement).length - 1);
  if (broken === 0) return { encoding: 'utf-8', certainty: 'certain' };
  return { encoding: broken * 2 < beyond.length ? 'utf-8' : 'windows-1252', certainty: 'guessed' };
}

function firstBeyondAscii(bytes: Buffer): number {
  return bytes.findIndex((byte) => byte > 0x7f);
}

type Decode = (bytes: Buffer, last: boolean) => string;

/** Text as it comes, without the byte order mark. What cannot be read becomes U+FFFD. */
export async function* decodeBytes(
  bytes: AsyncIterable<Buffer>,
  found: FoundEncoding,
): AsyncGenerator<string, void, undefined> {
  const decode = found.certainty === 'ascii' ? decideLater() : decoderOf(found.encoding);
  for await (const piece of bytes) yield decode(piece, false);
  yield decode(Buffer.alloc(0), true);
}

function decoderOf(encoding: TableEncoding): Decode {
  if (encoding === 'windows-1252') return decodeWindows1252;
  const decoder = new TextDecoder(encoding);
  return (bytes, last) => decoder.decode(bytes, { stream: !last });
}

/** ASCII reads the same in UTF-8 and windows-1252: the first bytes beyond it, four at least, decide for the rest. */
function decideLater(): Decode {
  let held = Buffer.alloc(0);
  let decided: Decode | null = null;
  return (piece, last) => {
    if (decided !== null) return decided(piece, last);
    const bytes = held.length === 0 ? piece : Buffer.concat([held, piece]);
    const first = firstBeyondAscii(bytes);
    const undecided = first === -1 ? bytes.length : first;
    held = Buffer.from(bytes.subarray(undecided));
    const before = bytes.toString('latin1', 0, undecided);
    if (held.length === 0 || (held.length < 4 && !last)) return before;
    decided = decoderOf(eightBits({ bytes: held, whole: last }).encoding);
    return before + decided(held, last);
  };
}

export function encodeText(text: string, encoding: TableEncoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'windows-1252') return encodeWindows1252(text);
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16le' ? bytes : bytes.swap16();
}

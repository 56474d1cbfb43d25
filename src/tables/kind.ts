import type { TableFault } from '../ports/tables';
import type { Bytes } from './bytes';

export type FileKind = 'empty' | 'text' | 'zip' | 'compound' | 'binary';

const beginnings: readonly (readonly [FileKind, Buffer])[] = [
  ['zip', Buffer.from('PK\u0003\u0004', 'latin1')],
  ['zip', Buffer.from('PK\u0005\u0006', 'latin1')],
  ['compound', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
  ['binary', Buffer.from('%PDF-')],
  ['binary', Buffer.from('{\\rtf')],
];

/** By the first bytes, never by the name. UTF-16 is text, with a zero in every other byte. */
export function kindOf(head: Buffer, isUtf16: boolean): FileKind {
  if (head.length === 0) return 'empty';
  const known = beginnings.find(([, bytes]) => head.subarray(0, bytes.length).equals(bytes));
  if (known !== undefined) return known[0];
  const controls = head.filter((byte) => byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d)).length;
  return !isUtf16 && controls > head.length / 10 ? 'binary' : 'text';
}

const encrypted = Buffer.from('EncryptedPackage', 'utf16le');
const oldWorkbooks = [Buffer.from('Workbook', 'utf16le'), Buffer.from('Book', 'utf16le')];

/** What a compound file is, by the names in its directory: Excel puts a workbook with a password into one. */
export async function compoundFault(bytes: Bytes): Promise<TableFault> {
  let before = Buffer.alloc(0);
  let isOld = false;
  for await (const piece of bytes.all()) {
    const seen = Buffer.concat([before, piece]);
    if (seen.includes(encrypted)) return 'protected-xlsx';
    isOld ||= oldWorkbooks.some((name) => seen.includes(name));
    before = Buffer.from(seen.subarray(-encrypted.length));
  }
  return isOld ? 'old-xls' : 'binary';
}

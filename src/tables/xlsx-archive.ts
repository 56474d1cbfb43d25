import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { mostUnpackedBytes, type TableFault } from '../ports/tables';

/** Why a workbook cannot be read. */
export class WorkbookFault extends Error {
  constructor(
    readonly reason: TableFault,
    readonly line?: number,
  ) {
    super(reason);
  }
}

export interface Archive {
  has(name: string): boolean;
  /** Unpacked piece by piece. Throws `WorkbookFault` as soon as the files read so far are more than the limit. */
  read(name: string): AsyncGenerator<Buffer, void, undefined>;
}

const mostEntries = 5_000;

/** The files in a zip, by its directory. No size that it declares is believed: what comes out is counted. */
export async function openArchive(bytes: Buffer): Promise<Archive> {
  const zip = await readable(fromBufferPromise(bytes, { autoClose: false, validateEntrySizes: false }));
  const entries = await readable(entriesOf(zip));
  const unpacked = new Map<string, number>();

  return {
    has: (name) => entries.has(name),
    async *read(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new WorkbookFault('unreadable-xlsx');
      if (entry.isEncrypted()) throw new WorkbookFault('protected-xlsx');
      const others = [...unpacked].reduce((sum, [other, size]) => (other === name ? sum : sum + size), 0);
      let size = 0;
      for await (const piece of piecesOf(zip, entry)) {
        size += piece.length;
        unpacked.set(name, size);
        if (others + size > mostUnpackedBytes) throw new WorkbookFault('xlsx-too-large');
        yield piece;
      }
    },
  };
}

async function entriesOf(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  if (zip.entryCount > mostEntries) throw new WorkbookFault('unreadable-xlsx');
  for await (const entry of zip.eachEntry()) {
    if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
  }
  return entries;
}

async function* piecesOf(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer, void, undefined> {
  const stream = await readable(zip.openReadStreamPromise(entry));
  try {
    const pieces: AsyncIterable<unknown> = stream;
    for await (const piece of pieces) if (Buffer.isBuffer(piece)) yield piece;
  } catch {
    throw new WorkbookFault('unreadable-xlsx');
  }
}

/** What the package says of a broken zip is for engineers. */
async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof WorkbookFault ? error : new WorkbookFault('unreadable-xlsx');
  }
}

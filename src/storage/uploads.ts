import { once } from 'node:events';
import { mongo, type Connection } from 'mongoose';
import type { KeptFile, Position, Uploads, UploadWriter, Waiting, WaitingRow } from '../ports/import-store';
import type { Row } from '../ports/tables';
import { answered, toStorageAway } from './away';
import { importsOf } from './import-records';

const { GridFSBucket, ObjectId } = mongo;
const bucketName = 'uploads';
const newline = 0x0a;
const startOfFile: Position = { row: 0, offset: 0 };
const keptAtOnce = 500;
/** Of 1 MiB each. The driver's own stream would have the server send 16 MiB at a time. */
const chunksAtOnce = 2;
/** Milliseconds: a part of a file may take longer than an answer. */
const uploadsWithin = 20_000;

interface Chunk {
  readonly files_id: mongo.ObjectId;
  readonly n: number;
  readonly data: Buffer;
}

interface FileOf {
  readonly _id: mongo.ObjectId;
  readonly length: number;
  readonly chunkSize: number;
  readonly metadata?: { readonly kept?: KeptFile };
}

/** Rows as lines of JSON in GridFS, written and read as they come. */
export function createMongoUploads({ connection }: { readonly connection: Connection }): Uploads {
  const database = connection.getClient().db(connection.name);
  const bucket = new GridFSBucket(database, { bucketName, chunkSizeBytes: 1024 * 1024 });
  const files = database.collection<FileOf>(`${bucketName}.files`);
  const chunks = database.collection<Chunk>(`${bucketName}.chunks`, { promoteBuffers: true });
  const { imports } = importsOf(connection);

  const write = <T>(id: string): UploadWriter<T> => {
    const stream = bucket.openUploadStreamWithId(new ObjectId(id), id);
    let fault: Error | null = null;
    stream.on('error', (error) => (fault = error));
    const failed = (): void => {
      if (fault) throw fault;
    };
    return {
      put: (rows) =>
        answered(
          'write',
          async () => {
            failed();
            const text = rows.map((row) => JSON.stringify(row) + '\n').join('');
            if (!stream.write(text)) await once(stream, 'drain');
            failed();
          },
          uploadsWithin,
        ),
      end: () =>
        answered(
          'write',
          async () => {
            failed();
            stream.end();
            await once(stream, 'close');
            failed();
          },
          uploadsWithin,
        ),
      discard: () =>
        answered('write', async () => {
          await stream.abort().catch(() => undefined);
        }),
    };
  };

  async function* bytesOf({ _id, length, chunkSize }: FileOf, offset: number): AsyncGenerator<Buffer> {
    const first = Math.floor(offset / chunkSize);
    const found = chunks.find({ files_id: _id, n: { $gte: first } }).sort({ n: 1 });
    let at = first * chunkSize;
    for await (const { n, data } of found.batchSize(chunksAtOnce)) {
      if (n * chunkSize !== at) break;
      yield at < offset ? data.subarray(offset - at) : data;
      at += data.length;
    }
    if (at !== length) throw new Error('The rows of an import are kept no longer.');
  }

  async function* read<T>(id: string, from: Position, size: number): AsyncGenerator<Waiting<T>> {
    const file = await answered('read', () => files.findOne({ _id: new ObjectId(id) }));
    if (!file) throw new Error('The rows of an import are kept no longer.');
    if (from.offset >= file.length) return;
    let rows: T[] = [];
    let next = from;
    for await (const line of linesOf(answering(bytesOf(file, from.offset)))) {
      rows.push(JSON.parse(line.toString('utf8')) as T);
      next = { row: next.row + 1, offset: next.offset + line.length + 1 };
      if (rows.length < size) continue;
      yield { rows, next };
      rows = [];
    }
    if (rows.length > 0) yield { rows, next };
  }

  return {
    write: (id) => write<WaitingRow>(id),
    read: (id, from, size) => read<WaitingRow>(id, from, size),

    keep(id) {
      const { put, end, discard } = write<Row>(id);
      const kept = async (file: KeptFile): Promise<void> => {
        await end();
        await answered('write', () =>
          files.updateOne({ _id: new ObjectId(id) }, { $set: { metadata: { kept: file } } }),
        );
      };
      return { put, discard, end: kept };
    },

    findKept: (id) =>
      answered('read', async () => {
        const found = ObjectId.isValid(id) ? await files.findOne({ _id: new ObjectId(id) }) : null;
        return found?.metadata?.kept ?? null;
      }),

    async *readKept(id) {
      for await (const { rows } of read<Row>(id, startOfFile, keptAtOnce)) yield rows;
    },

    exists: (id) =>
      answered('read', async () => (await files.countDocuments({ _id: new ObjectId(id) }, { limit: 1 })) > 0),

    remove: (id) =>
      answered('write', async () => {
        await files.deleteOne({ _id: new ObjectId(id) });
        await chunks.deleteMany({ files_id: new ObjectId(id) });
      }),

    removeBefore: (instant) =>
      answered('write', async () => {
        const underWay = await imports.find({ open: true }, { projection: { _id: 1 } }).toArray();
        const id = {
          // An id begins with its second.
          $lt: ObjectId.createFromTime(Math.floor(instant.getTime() / 1000)),
          $nin: underWay.map(({ _id }) => new ObjectId(_id)),
        };
        await files.deleteMany({ _id: id });
        await chunks.deleteMany({ files_id: id });
        // What a card has quoted of the rows goes with them.
        const quoted = { 'dryRun.preview': [], 'dryRun.problems': [], 'changed.first': [] };
        const old = { open: false, checkedAt: { $lt: instant }, 'dryRun.preview.0': { $exists: true } };
        await imports.updateMany(old, { $set: quoted });
      }),
  };
}

async function* answering<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw toStorageAway(error, false);
  }
}

async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let begin = 0;
    for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, begin)) {
      yield bytes.subarray(begin, end);
      begin = end + 1;
    }
    rest = bytes.subarray(begin);
  }
}

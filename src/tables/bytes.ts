/** The source gave more than the caller allows. */
export class TooManyBytes extends Error {}

export interface Bytes {
  /** The first 64 KiB, or all there is. Asked for before `all`. */
  head(): Promise<Head>;
  /** Everything from the first byte on, in pieces of at most 64 KiB. Throws `TooManyBytes`. */
  all(): AsyncGenerator<Buffer, void, undefined>;
  close(): Promise<void>;
}

export interface Head {
  readonly bytes: Buffer;
  /** There is nothing after it. */
  readonly whole: boolean;
}

const pieceLength = 64 * 1024;

/** A source whose beginning can be looked at before it is read. */
export function createBytes(source: AsyncIterable<Uint8Array>, maxBytes: number): Bytes {
  const iterator = source[Symbol.asyncIterator]();
  const held: Buffer[] = [];
  let taken = 0;
  let ended = false;

  async function next(): Promise<Buffer | null> {
    if (ended) return null;
    const step = await iterator.next();
    if (step.done === true) {
      ended = true;
      return null;
    }
    taken += step.value.byteLength;
    if (taken > maxBytes) throw new TooManyBytes();
    return Buffer.from(step.value.buffer, step.value.byteOffset, step.value.byteLength);
  }

  async function close(): Promise<void> {
    if (ended) return;
    ended = true;
    await iterator.return?.();
  }

  return {
    async head() {
      let length = 0;
      while (length < pieceLength) {
        const piece = await next();
        if (piece === null) break;
        held.push(piece);
        length += piece.length;
      }
      const bytes = Buffer.concat(held);
      held.splice(0, held.length, bytes);
      return { bytes: bytes.subarray(0, pieceLength), whole: ended && bytes.length <= pieceLength };
    },
    async *all() {
      try {
        for (let piece = held.shift() ?? (await next()); piece !== null; piece = await next()) {
          for (let at = 0; at < piece.length; at += pieceLength) yield piece.subarray(at, at + pieceLength);
        }
      } finally {
        await close();
      }
    },
    close,
  };
}

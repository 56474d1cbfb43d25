import { inflateSync } from 'node:zlib';

export interface Png {
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly { readonly color: string; readonly alpha: number }[];
}

/** Reads a PNG of 8 bits a channel, with or without transparency, not interlaced. */
export function readPng(file: Buffer): Png {
  const header = file.subarray(16, 29);
  const [depth, kind, , , interlaced] = header.subarray(8);
  const channels = kind === 6 ? 4 : 3;
  if (depth !== 8 || interlaced !== 0 || (kind !== 6 && kind !== 2))
    throw new Error('This kind of PNG is not read.');
  const width = header.readUInt32BE(0);
  const height = header.readUInt32BE(4);
  const bytes = unfilter(inflateSync(Buffer.concat(dataOf(file))), width * channels, channels);
  const pixels = Array.from({ length: width * height }, (_, index) => {
    const pixel = bytes.subarray(index * channels, (index + 1) * channels);
    return { color: pixel.subarray(0, 3).toString('hex'), alpha: pixel[3] ?? 255 };
  });
  return { width, height, pixels };
}

function dataOf(file: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  return parts;
}

/** Each row was stored as its difference to what stands left of it, above it, or both. */
function unfilter(data: Buffer, stride: number, step: number): Buffer {
  const rows = data.length / (stride + 1);
  const bytes = Buffer.alloc(rows * stride);
  for (let row = 0; row < rows; row += 1) {
    const filter = data[row * (stride + 1)]!;
    for (let column = 0; column < stride; column += 1) {
      const at = row * stride + column;
      const left = column < step ? 0 : bytes[at - step]!;
      const up = row === 0 ? 0 : bytes[at - stride]!;
      const corner = row === 0 || column < step ? 0 : bytes[at - stride - step]!;
      bytes[at] = data[row * (stride + 1) + 1 + column]! + predict(filter, left, up, corner);
    }
  }
  return bytes;
}

function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (a <= b && a <= c) return left;
  return b <= c ? up : corner;
}

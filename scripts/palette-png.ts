import { deflateSync } from 'node:zlib';
import type { Png } from '../test/support/png';

/** The same picture with a palette of at most 256 colours: about a fourth of the bytes. Transparency is lost. */
export function writePalettePng({ width, height, pixels }: Png): Buffer {
  const colors = pixels.map(({ color }) => Number.parseInt(color, 16));
  const { palette, nearest } = reduce(colors);
  const rows = Buffer.alloc(height * (width + 1));
  colors.forEach((color, place) => {
    rows[Math.floor(place / width) * (width + 1) + 1 + (place % width)] = nearest(color);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(bytesOf))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Most colours that stay as they are: a pale field keeps its colour beside white. */
const kept = 128;

/** Of all but the most frequent, low bits are left out until few enough colours are left; each group is shown in its most frequent one. */
function reduce(colors: readonly number[]): { palette: number[]; nearest: (color: number) => number } {
  const counts = new Map<number, number>();
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const byCount = [...counts].sort(([, a], [, b]) => b - a).map(([color]) => color);
  const places = new Map(byCount.slice(0, kept).map((color, place) => [color, place]));
  for (let bits = 0; ; bits += 1) {
    const groupOf = (color: number): number => (color >> bits) & (0x010101 * (0xff >> bits));
    const groups = new Map<number, number>();
    for (const color of byCount.slice(kept))
      if (!groups.has(groupOf(color))) groups.set(groupOf(color), color);
    if (groups.size > 256 - kept) continue;
    const groupPlaces = new Map([...groups.keys()].map((group, place) => [group, places.size + place]));
    const nearest = (color: number): number => places.get(color) ?? groupPlaces.get(groupOf(color)) ?? 0;
    return { palette: [...places.keys(), ...groups.values()], nearest };
  }
}

function bytesOf(color: number): number[] {
  return [color >> 16, (color >> 8) & 0xff, color & 0xff];
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(checksum(body), body.length + 4);
  return frame;
}

/** The CRC-32 that closes each part of a PNG. */
function checksum(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

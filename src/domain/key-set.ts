/**
 * Remembers which texts it has seen, by 64 bits of each: a million take 16 to 32 MB, whatever their length. Two
 * different texts of a million are taken for one once in thirty million files.
 */
export interface KeySet {
  /** False when it was there. */
  add(key: string): boolean;
  has(key: string): boolean;
}

const fullest = 0.6;
const golden = 0x9e3779b1;

export function createKeySet(capacity = 1024): KeySet {
  let size = 1 << Math.ceil(Math.log2(capacity));
  let slots = new Uint32Array(size * 2);
  let count = 0;

  /** The place of the pair, or of the free slot where it belongs. */
  const placeOf = (table: Uint32Array, high: number, low: number): number => {
    const mask = table.length / 2 - 1;
    let slot = low & mask;
    for (;;) {
      const place = slot * 2;
      const [a, b] = [table[place], table[place + 1]];
      if ((a === 0 && b === 0) || (a === high && b === low)) return place;
      slot = (slot + 1) & mask;
    }
  };

  const grow = (): void => {
    const former = slots;
    size *= 2;
    slots = new Uint32Array(size * 2);
    for (let place = 0; place < former.length; place += 2) {
      const [high = 0, low = 0] = [former[place], former[place + 1]];
      if (high !== 0 || low !== 0) put(slots, placeOf(slots, high, low), high, low);
    }
  };

  return {
    has(key) {
      const [high, low] = halvesOf(key);
      return slots[placeOf(slots, high, low) + 1] !== 0;
    },

    add(key) {
      const [high, low] = halvesOf(key);
      const place = placeOf(slots, high, low);
      if (slots[place + 1] !== 0) return false;
      put(slots, place, high, low);
      count += 1;
      if (count > size * fullest) grow();
      return true;
    },
  };
}

/** Two hashes of their own; both zero would mean a free slot. */
function halvesOf(key: string): readonly [number, number] {
  return [hash(key, golden, 0x5bd1e995), hash(key, 0x85ebca6b, 0x27d4eb2f) || 1];
}

function put(table: Uint32Array, place: number, high: number, low: number): void {
  table[place] = high;
  table[place + 1] = low;
}

/** Multiply and mix over the code units, then an avalanche. */
function hash(text: string, seed: number, factor: number): number {
  let mixed = seed ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    mixed = Math.imul(mixed ^ text.charCodeAt(index), factor);
    mixed = (mixed ^ (mixed >>> 15)) + seed;
  }
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

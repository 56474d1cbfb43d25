import type { Fault } from './fault';
import { namesForReading } from './fault';
import { isSkuPartNumber, type Subscription } from './license';
import { tidyText } from './text';

const seatLimits = { seats: 10_000_000, products: 500 } as const;

type SeatFault = Fault<'subscriptions'>;

/** Reads `SKU=seats`, one a line (or between commas or semicolons). A SKU holds no comma, space or `=`. */
export function readSeats(typed: string | undefined): {
  seats: ReadonlyMap<string, number>;
  faults: SeatFault[];
} {
  const seats = new Map<string, number>();
  const wrong: string[] = [];
  const tooMany: string[] = [];
  const twice: string[] = [];
  for (const line of splitLines(typed)) {
    const [, sku, digits] = /^(\S+)\s*=\s*(\d+)$/.exec(line) ?? [];
    if (sku === undefined || !isSkuPartNumber(sku)) wrong.push(line);
    else if (seats.has(sku)) twice.push(sku);
    else {
      const total = Number(digits);
      if (total > seatLimits.seats) tooMany.push(sku);
      seats.set(sku, total);
    }
  }
  const faults = [
    ...naming('not-a-seat-line', wrong),
    ...naming('too-many-seats', tooMany, seatLimits.seats),
    ...naming('listed-twice', twice),
  ];
  if (seats.size > seatLimits.products) {
    faults.push({ field: 'subscriptions', reason: 'too-many', limit: seatLimits.products });
  }
  return { seats, faults };
}

/** What `readSeats` reads, to be changed in a form. */
export function seatLines(subscriptions: readonly Subscription[]): string {
  return subscriptions.map(({ skuPartNumber, total }) => `${skuPartNumber}=${total}`).join('\n');
}

/** Products whose total would be lowered below what is used, or that would be left out although used. */
export function belowUse<S extends Subscription>(
  subscriptions: readonly S[],
  seats: ReadonlyMap<string, number>,
): readonly S[] {
  return subscriptions.filter(({ skuPartNumber, total, consumed }) => {
    const wanted = seats.get(skuPartNumber);
    return wanted === undefined ? consumed > 0 : wanted < Math.min(consumed, total);
  });
}

function splitLines(typed: string | undefined): string[] {
  return (typed ?? '')
    .split(/[\r\n,;]+/)
    .map(tidyText)
    .filter((line) => line !== '');
}

function naming(reason: SeatFault['reason'], names: readonly string[], limit?: number): SeatFault[] {
  if (names.length === 0) return [];
  return [
    {
      field: 'subscriptions',
      reason,
      names: namesForReading(names),
      ...(limit === undefined ? {} : { limit }),
    },
  ];
}

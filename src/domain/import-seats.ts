import type { Subscription } from './license';
import { availableSeats } from './license';

/** Seats given to rows in the order of the file. */
export interface SeatLedger {
  /** The products of a customer, once. */
  open(customerId: string, subscriptions: readonly Subscription[]): void;
  /** Takes a seat of each; where one is missing takes none, and names the products without one. */
  take(customerId: string, skuPartNumbers: readonly string[]): readonly string[];
  /** A seat that a row gives back. */
  give(customerId: string, skuPartNumber: string): void;
  /** Of every product of the customers opened. */
  lines(): readonly SeatLine[];
}

export interface SeatLine {
  readonly customerId: string;
  readonly skuPartNumber: string;
  /** Asked for, given or not. */
  readonly needed: number;
  readonly free: number;
}

/** So that the record of an import stays far below the largest document of MongoDB. */
const mostLines = 20_000;

/**
 * What a record has room for: of a file for very many customers, the products that rows need, those without enough
 * seats first. `more` counts those needed and left out.
 */
export function linesKept(
  lines: readonly SeatLine[],
  most = mostLines,
): { readonly seats: readonly SeatLine[]; readonly more: number } {
  if (lines.length <= most) return { seats: lines, more: 0 };
  const needed = lines.filter((one) => one.needed > 0);
  const short = needed.filter((one) => one.needed > one.free);
  const enough = needed.filter((one) => one.needed <= one.free);
  const others = lines.filter((one) => one.needed === 0);
  const seats = [...short, ...enough, ...others].slice(0, most);
  return { seats, more: Math.max(0, needed.length - most) };
}

export function createSeatLedger(): SeatLedger {
  const customers = new Map<string, Map<string, { free: number; given: number; needed: number }>>();
  const productOf = (customerId: string, sku: string) => customers.get(customerId)?.get(sku);
  return {
    open(customerId, subscriptions) {
      const products = subscriptions.map((one) => [one.skuPartNumber, availableSeats(one)] as const);
      const opened = products.map(([sku, free]) => [sku, { free, given: 0, needed: 0 }] as const);
      customers.set(customerId, new Map(opened));
    },

    take(customerId, skuPartNumbers) {
      const without = skuPartNumbers.filter((sku) => {
        const product = productOf(customerId, sku);
        return !product || product.given >= product.free;
      });
      for (const sku of skuPartNumbers) {
        const product = productOf(customerId, sku);
        if (!product) continue;
        product.needed += 1;
        if (without.length === 0) product.given += 1;
      }
      return without;
    },

    give(customerId, skuPartNumber) {
      const product = productOf(customerId, skuPartNumber);
      if (product) product.given -= 1;
    },

    lines: () =>
      [...customers].flatMap(([customerId, products]) =>
        [...products].map(([skuPartNumber, { free, needed }]) => ({
          customerId,
          skuPartNumber,
          needed,
          free,
        })),
      ),
  };
}

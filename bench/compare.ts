/** Something measured on Rollcall and on its floor, in the same rounds. */
export interface Measurement {
  readonly title: string;
  readonly unit: string;
  readonly target: { readonly atLeast: number } | { readonly atMost: number };
  readonly rollcall: readonly number[];
  readonly floor: readonly number[];
}

/** Alternates, and changes who goes first: what else the machine does meets both alike. */
export async function inRounds(
  rounds: number,
  measure: { readonly rollcall: () => Promise<number>; readonly floor: () => Promise<number> },
): Promise<Pick<Measurement, 'rollcall' | 'floor'>> {
  const found = { rollcall: [] as number[], floor: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? (['floor', 'rollcall'] as const) : (['rollcall', 'floor'] as const);
    for (const subject of order) found[subject].push(await measure[subject]());
  }
  return found;
}

/** Milliseconds that a call takes, of so many one after the other. */
export function timeOf(ask: () => Promise<unknown>, calls: number): () => Promise<number> {
  return async () => {
    const began = performance.now();
    for (let call = 0; call < calls; call += 1) await ask();
    return (performance.now() - began) / calls;
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('Nothing was measured.');
  return (low + high) / 2;
}

export function ratioOf({ rollcall, floor }: Measurement): number {
  return median(rollcall) / median(floor);
}

export function isMet(measurement: Measurement): boolean {
  const { target } = measurement;
  const ratio = ratioOf(measurement);
  return 'atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost;
}

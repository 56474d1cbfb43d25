/** When deleted accounts are lost, counted in days from now; no names. */
export interface Timeline {
  /** The days shown as people write them, first to last: `['22/11', '23/11', ...]`. */
  readonly days: readonly string[];
  /** How many accounts are lost on each of these days. */
  readonly counts: readonly number[];
  /** Those that the card beside the picture lists, by their number there. */
  readonly marks: readonly { readonly day: number; readonly label: string }[];
}

export interface Pictures {
  /** A PNG of at most 1024 x 1024 pixels. */
  timeline(timeline: Timeline): Promise<Buffer>;
}

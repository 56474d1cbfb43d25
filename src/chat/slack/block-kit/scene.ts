import type { Node } from './node';
import type { Piece } from './piece';
import type { ShownInput } from './input-id';
import type { AnySurface } from './surface';

/** A downgrade or a cut that the reader may miss; `at` is a path in the card. Never holds the card's data. */
export interface Warning {
  readonly at: string;
  readonly what: string;
}

/** One conversion: what every part of it asks or tells. */
export interface Scene {
  readonly surface: AnySurface;
  /** What the open view shows. */
  readonly shown: readonly ShownInput[];
  /** The action behind the view's own button: it is no button of the body. */
  readonly submit: Node | null;
  /** Ids of the inputs so far. */
  readonly inputIds: Set<string>;
  warn(at: string, what: string): void;
}

/** Converts what stands inside of an element. */
export type Inside = (nodes: readonly Node[], at: string) => Piece[];

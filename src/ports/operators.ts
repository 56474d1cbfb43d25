import type { Operator } from '../domain/operator';
import type { EffectOf, Repeated } from './directory';

export type { Operator };

export interface ListedOperator extends Operator {
  /** Named by the configuration (`ADMIN_AGENTS`): without a record an admin agent for all customers. */
  readonly configured: boolean;
  /** There is a record, which can be removed; it counts before the configuration. */
  readonly stored: boolean;
}

export type SaveOperatorOutcome =
  | { readonly kind: 'saved' }
  /** Not as it was when `seen` was taken; nothing was changed. */
  | { readonly kind: 'changed-meanwhile' }
  /** Nobody would be left who may manage operators for all customers; nothing was changed. */
  | { readonly kind: 'last-admin' }
  | Repeated;

export type RemoveOperatorOutcome =
  /** `configured`: named by the configuration alone, there is nothing to remove. */
  { readonly kind: 'removed' | 'missing' | 'configured' | 'changed-meanwhile' | 'last-admin' } | Repeated;

/** Throws `StorageAway` when the database does not answer. */
export interface Operators {
  /** In the demo, while the configuration names nobody: whoever has no record is an admin agent for all customers. */
  readonly everybodyMay: boolean;
  /** Null for a person who may not use Rollcall. Never cached: a change counts at the next action. */
  find(id: string): Promise<Operator | null>;
  /** One that stands in the list, or null. */
  findListed(id: string): Promise<ListedOperator | null>;
  /** Everybody who has a record or is named by the configuration, by id. */
  list(): Promise<readonly ListedOperator[]>;
  /**
   * Adds the operator or changes it; stored with its effect, all or nothing. `seen`: `operatorFingerprint` as the
   * operator was seen, null for one who was none. The effect is told what was there before.
   */
  save(
    operator: Operator,
    seen: string | null,
    effect: EffectOf<Operator | null>,
  ): Promise<SaveOperatorOutcome>;
  /** Removes the record. The effect is told what was there before, and what the configuration still grants. */
  remove(
    id: string,
    seen: string | null,
    effect: EffectOf<{ readonly before: Operator; readonly after: Operator | null }>,
  ): Promise<RemoveOperatorOutcome>;
}

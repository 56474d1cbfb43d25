import type { PartnerRole } from '../domain/permission';
import type { Effect, Repeated } from './directory';

/** A person who may use Rollcall. `id` is `teams:<aadObjectId>`, `slack:<userId>` or, in the demo, `web:<name>`. */
export interface Operator {
  readonly id: string;
  readonly partnerRole: PartnerRole;
  readonly customers: 'all' | readonly string[];
}

export interface ListedOperator extends Operator {
  /** Named by the configuration (`ADMIN_AGENTS`), not by a record: it can be changed here, not removed. */
  readonly configured: boolean;
}

export type SaveOperatorOutcome =
  | { readonly kind: 'saved' }
  /** Nobody would be left who may manage operators for all customers; nothing was changed. */
  | { readonly kind: 'last-admin' }
  | Repeated;

export type RemoveOperatorOutcome =
  { readonly kind: 'removed' | 'missing' | 'configured' | 'last-admin' } | Repeated;

export interface Operators {
  /** Null for a person who may not use Rollcall. Never cached: a change counts at the next action. */
  find(id: string): Promise<Operator | null>;
  /** Everybody who may, by id. */
  list(): Promise<readonly ListedOperator[]>;
  /** Adds the operator or changes it; stored with its effect, all or nothing. */
  save(operator: Operator, effect: Effect): Promise<SaveOperatorOutcome>;
  remove(id: string, effect: Effect): Promise<RemoveOperatorOutcome>;
}

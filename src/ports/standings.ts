import type { Customer } from '../domain/customer';
import type { Operator } from '../domain/operator';

/** For whom somebody asks: a customer that a card names, or the one they picked in a conversation after `since`. */
export type AskedFor = { readonly customerId: string } | { readonly pickedIn: string; readonly since: Date };

export interface Standing {
  /** Null for a person who may not use Rollcall. */
  readonly operator: Operator | null;
  /** Null where none was asked for or picked, and for one that is not there any more. In scope or not. */
  readonly customer: Customer | null;
}

/**
 * Who asks, and for which customer: what admission has to know of every command, in one read of the database. Never
 * cached: a change counts at the next action. Throws `StorageAway` when the database does not answer.
 */
export interface Standings {
  find(operatorId: string, askedFor: AskedFor | null): Promise<Standing>;
}

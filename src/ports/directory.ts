import type { Customer } from '../domain/customer';
import type { HandOverRecord } from '../domain/hand-over';
import type { Subscription } from '../domain/license';
import type { PasswordDigest } from '../domain/password';
import type { ActiveUser } from '../domain/user';
import type { AuditEntry } from './audit';

/**
 * One effect of one form: stored together with the change it describes, all or nothing.
 * `id` is good once; a second write with it changes nothing and answers `repeated` with the first `result`.
 */
export interface Effect {
  readonly id: string;
  /** What the first answer was built from, to give the same answer again. Ids only, never a secret. */
  readonly result: Readonly<Record<string, string>>;
  readonly audit: readonly AuditEntry[];
  /** Stored with the effect; waiting hand-overs of the same users become `replaced`. */
  readonly handOver?: HandOverRecord;
}

export interface Repeated {
  readonly kind: 'repeated';
  readonly result: Readonly<Record<string, string>>;
}

export interface CustomerQuery {
  /** The start of any word of the name or of a domain; accents and case do not matter. Empty: all. */
  readonly text: string;
  readonly within: 'all' | readonly string[];
  /** A key from a page before: the page after it, or the page before it. */
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly previous: string | null;
  readonly next: string | null;
}

export interface NewUser extends ActiveUser {
  readonly password: PasswordDigest;
}

export type CreateUserOutcome =
  | { readonly kind: 'created' }
  | { readonly kind: 'user-principal-name-taken' }
  | { readonly kind: 'no-seats'; readonly skuPartNumbers: readonly string[] }
  | Repeated;

export type SetPasswordsOutcome =
  | { readonly kind: 'set' }
  /** Not a user of this customer any more; nothing was changed for anybody. */
  | { readonly kind: 'missing'; readonly userIds: readonly string[] }
  | Repeated;

export type CreateCustomerOutcome =
  | { readonly kind: 'created' }
  | { readonly kind: 'domain-taken'; readonly domains: readonly string[] }
  | Repeated;

/**
 * The accounts of the customers. Every write takes its effect and stores all or nothing.
 * Throws `StorageAway` when the directory does not answer in time.
 */
export interface Directory {
  findCustomer(customerId: string): Promise<Customer | null>;
  searchCustomers(query: CustomerQuery): Promise<Page<Customer>>;
  createCustomer(
    customer: Customer,
    seats: ReadonlyMap<string, number>,
    effect: Effect,
  ): Promise<CreateCustomerOutcome>;
  listSubscriptions(customerId: string): Promise<readonly Subscription[]>;
  findUsers(customerId: string, userIds: readonly string[]): Promise<readonly ActiveUser[]>;
  /** Takes a seat of each license; without a free one nothing is created. */
  createUser(user: NewUser, effect: Effect): Promise<CreateUserOutcome>;
  setPasswords(
    customerId: string,
    passwords: ReadonlyMap<string, PasswordDigest>,
    effect: Effect,
  ): Promise<SetPasswordsOutcome>;
}

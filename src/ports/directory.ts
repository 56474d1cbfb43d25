import type { Customer } from '../domain/customer';
import type { HandOverRecord } from '../domain/hand-over';
import type { Subscription } from '../domain/license';
import type { PasswordDigest } from '../domain/password';
import type { LicenseChange, LicenseResult } from '../domain/license-change';
import type { ActiveUser, DeletedUser, EditableFields, UserFilter } from '../domain/user';
import type { AuditEntry } from './audit';
import type { CountedPage, Page } from './page';

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
  /** Users whose waiting hand-overs become `replaced`, without a new one. */
  readonly endsHandOversOf?: readonly string[];
  /** The letter that brings the hand-over; where it is not this attempt's any more, `LetterLost` is thrown. */
  readonly letter?: { readonly id: string; readonly attempt: number };
}

/**
 * An effect whose result and audit entries depend on what was found and done. `of` is pure: it may be asked more
 * than once, and only the last answer is stored.
 */
export interface EffectOf<Happened> {
  readonly id: string;
  of(happened: Happened): Omit<Effect, 'id'>;
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

export type UpdateCustomerOutcome =
  | { readonly kind: 'updated' }
  /** Not as it was when `seen` was taken; nothing was changed. */
  | { readonly kind: 'changed-meanwhile' }
  | { readonly kind: 'domain-taken'; readonly domains: readonly string[] }
  /** Active users have them; nothing was changed. */
  | { readonly kind: 'domain-in-use'; readonly domains: readonly string[] }
  /** Totals would fall below what is used. */
  | { readonly kind: 'seats-in-use'; readonly subscriptions: readonly Subscription[] }
  | { readonly kind: 'missing' }
  | Repeated;

export interface UserQuery {
  readonly customerId: string;
  /** The start of any word of the display name or of the UPN; accents and case do not matter. Empty: all. */
  readonly text: string;
  readonly filter: UserFilter | null;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface UserUpdate {
  readonly customerId: string;
  readonly userId: string;
  /** `userFingerprint` of the user as the operator saw it. */
  readonly seen: string;
  readonly fields: EditableFields;
}

export type UpdateUserOutcome =
  | { readonly kind: 'updated' }
  /** Not as it was when `seen` was taken; nothing was changed. */
  | { readonly kind: 'changed-meanwhile' }
  | { readonly kind: 'user-principal-name-taken' }
  | { readonly kind: 'missing' }
  | Repeated;

export type ChangeLicensesOutcome =
  /** For each user, in the order given. */
  | { readonly kind: 'changed'; readonly results: readonly LicenseResult[] }
  | { readonly kind: 'missing'; readonly userIds: readonly string[] }
  | Repeated;

export interface Deletion {
  readonly customerId: string;
  readonly userIds: readonly string[];
  readonly deletedAt: Date;
  /** The operator. */
  readonly deletedBy: string;
  readonly restoreBy: Date;
}

export type DeleteUsersOutcome =
  | { readonly kind: 'deleted' }
  /** Not active users of this customer any more; nothing was changed for anybody. */
  | { readonly kind: 'missing'; readonly userIds: readonly string[] }
  | Repeated;

export interface DeletedUserQuery {
  readonly customerId: string;
  /** As in `UserQuery`. */
  readonly text: string;
  /** Only those who can be restored at this instant. */
  readonly now: Date;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
  readonly limit: number;
}

export interface Restoration {
  readonly customerId: string;
  readonly now: Date;
  /** Seats are given in this order. */
  readonly users: readonly {
    readonly userId: string;
    /** As it shall be called from now on; '' for one that could not be restored when it was looked for. */
    readonly userPrincipalName: string;
    /** Whether its directory roles come back too. */
    readonly withRoles: boolean;
  }[];
}

export type RestoreResult =
  | {
      readonly kind: 'restored';
      readonly before: DeletedUser;
      readonly after: ActiveUser;
      /** Former licenses for which no seat was free. */
      readonly withoutSeat: readonly string[];
    }
  /** `expired`: after `restoreBy`. `gone`: not a deleted user of this customer (any more). */
  | { readonly kind: 'name-taken' | 'expired' | 'gone'; readonly userId: string };

export type RestoreUsersOutcome =
  /** For each user, in the order given; `none` stored nothing, not even the effect. */
  { readonly kind: 'restored' | 'none'; readonly results: readonly RestoreResult[] } | Repeated;

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
  /** `seen`: `customerFingerprint` as the operator saw it. Products that `seats` leaves out are taken away. */
  updateCustomer(
    customer: Customer,
    seats: ReadonlyMap<string, number>,
    seen: string,
    effect: Effect,
  ): Promise<UpdateCustomerOutcome>;
  listSubscriptions(customerId: string): Promise<readonly Subscription[]>;

  /** Active users of this customer, in the order asked for; others are left out. */
  findUsers(customerId: string, userIds: readonly string[]): Promise<readonly ActiveUser[]>;
  findUsersByUpn(customerId: string, upns: readonly string[]): Promise<readonly ActiveUser[]>;
  /** Sorted by display name, paged by key. */
  searchUsers(query: UserQuery): Promise<CountedPage<ActiveUser>>;
  /** Those of these ids that belong to another customer, active or deleted. */
  foreignUsers(customerId: string, userIds: readonly string[]): Promise<readonly string[]>;
  /** Takes a seat of each license; without a free one nothing is created. */
  createUser(user: NewUser, effect: Effect): Promise<CreateUserOutcome>;
  updateUser(update: UserUpdate, effect: Effect): Promise<UpdateUserOutcome>;
  /** Takes before it gives, user by user in the order given, as far as seats go. */
  changeLicenses(
    change: LicenseChange,
    effect: EffectOf<readonly LicenseResult[]>,
  ): Promise<ChangeLicensesOutcome>;
  setPasswords(
    customerId: string,
    passwords: ReadonlyMap<string, PasswordDigest>,
    effect: Effect,
  ): Promise<SetPasswordsOutcome>;

  /** Soft: seats come free, the name too, waiting hand-overs die; licenses and roles are remembered. */
  deleteUsers(deletion: Deletion, effect: EffectOf<readonly ActiveUser[]>): Promise<DeleteUsersOutcome>;
  /** The most urgent first, paged by key. */
  searchDeletedUsers(query: DeletedUserQuery): Promise<CountedPage<DeletedUser>>;
  /** Deleted users of this customer, in the order asked for, whether or not they can still be restored. */
  findDeletedUsers(customerId: string, userIds: readonly string[]): Promise<readonly DeletedUser[]>;
  /** Deleted users that had this name, the latest first. */
  findDeletedByUpn(customerId: string, upn: string): Promise<readonly DeletedUser[]>;
  /** How many deleted users are lost from each of these instants on, and before the next; one less than instants. */
  countDeadlines(customerId: string, edges: readonly Date[]): Promise<readonly number[]>;
  /** Those of these names that an active user of this customer has, as they were asked for. */
  takenUpns(customerId: string, upns: readonly string[]): Promise<readonly string[]>;
  /** Each that can be restored is; of two who restore or purge the same user, one wins. */
  restoreUsers(
    restoration: Restoration,
    effect: EffectOf<readonly RestoreResult[]>,
  ): Promise<RestoreUsersOutcome>;
  /**
   * Removes at most `limit` users for good whose `restoreBy` is before `before`, with what belongs to them, and
   * tells how many. The audit entry is the system's, at `now`, and keeps the UPN alone.
   */
  purgeUsers(before: Date, now: Date, limit: number): Promise<number>;
}

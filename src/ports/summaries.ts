import type { HandOverRecord } from '../domain/hand-over';
import type { ImportRecord } from './imports';
import type { Operator } from './operators';
import type { Subscription } from './reminders';
import type { TableContent } from './tables';

/** A summary that a conversation has to get. */
export interface DueSummary {
  /** When the one before looked at how things stand; null where there was none. */
  readonly last: Date | null;
  /** It was on its way when a process ended: it may have come already. */
  readonly repeat: boolean;
  readonly attempts: number;
}

/** Which daily summaries were sent: one record for each conversation and calendar day, and never two. */
export interface Summaries {
  /** Null where that day is done. */
  due(conversation: string, day: string): Promise<DueSummary | null>;
  /** It is about to be sent. */
  begin(conversation: string, day: string): Promise<void>;
  /** The chat has refused it: it is due again, and did not come. */
  refused(conversation: string, day: string): Promise<void>;
  /** The chat has it, or there was nothing to say; `asOf`: how things stood then. */
  done(conversation: string, day: string, asOf: Date): Promise<void>;
}

type Customers = Operator['customers'];

/** The deleted users of a customer whom a conversation will be reminded of, or was. */
export interface SoonLost {
  readonly customerId: string;
  readonly count: number;
  /** The first few, the most urgent first. */
  readonly userIds: readonly string[];
}

/** The first few, and how many there are in all. */
export interface Some<Item> {
  readonly items: readonly Item[];
  readonly count: number;
}

export interface UnopenedLink {
  readonly record: HandOverRecord;
  /** Of the import whose sheet it leads to; null where it leads to none. */
  readonly fileName: string | null;
}

/** What somebody should look after. `customers`: those that may be told of. */
export interface OpenMatters {
  /** The customer whose user is lost first comes first. Without those who are let go or snoozed. */
  soonLost(subscription: Subscription, customers: Customers, now: Date): Promise<readonly SoonLost[]>;
  /** Imports that have ended with rows not done, the latest first; all their customers must be within `reach`. */
  failedImports(
    customers: Customers,
    query: {
      readonly reach: Customers;
      readonly contents: readonly TableContent[];
      readonly since: Date;
      readonly limit: number;
    },
  ): Promise<Some<ImportRecord>>;
  /** Links that nobody has opened, made after `from` and no later than `to`, the oldest first. */
  unopenedLinks(
    customers: Customers,
    query: { readonly from: Date; readonly to: Date; readonly limit: number },
  ): Promise<Some<UnopenedLink>>;
}

import type { ReminderTimes } from '../domain/reminder';
import type { Conversation, Language } from './chat';
import type { Effect, Repeated } from './directory';

/** What a conversation is reminded of, when, and in which language. */
export interface Subscription extends ReminderTimes {
  readonly conversation: string;
  readonly kind: Conversation['kind'];
  readonly enabled: boolean;
  /** Of the operator's present customers; ids that are theirs no more count for nothing. */
  readonly customers: 'all' | readonly string[];
  readonly language: Language;
  /** Once a day who is next, whether or not a threshold falls. */
  readonly summary: boolean;
  /** Who asked for it: what is shown is what this operator may see now. */
  readonly operator: string;
}

/** A subscription that a process works on; nobody else does until it lets go, or is heard of no more. */
export interface ClaimedSubscription extends Subscription {
  /** How often in a row the chat did not take a digest. */
  readonly failures: number;
}

/** Reminders that are due and could not be sent. */
export interface Overdue {
  readonly count: number;
  /** When the oldest of them was due; null for none. */
  readonly since: Date | null;
}

/** Something could not be sent to a conversation, and when that is tried again. */
export interface FailedClaim {
  readonly retryAt: Date;
  /** Null where it is not known: then it is as it was. */
  readonly overdue: Overdue | null;
}

/** Conversations that asked to be reminded. Throws `StorageAway` when the database does not answer. */
export interface Subscriptions {
  find(conversation: string): Promise<Subscription | null>;
  save(subscription: Subscription, effect: Effect): Promise<{ readonly kind: 'saved' } | Repeated>;
  /**
   * Adds a customer to what a conversation is reminded of, once: whoever takes it away again is not asked again.
   * Answers whether the conversation is reminded of the customer by now.
   */
  subscribe(draft: Subscription, customerId: string): Promise<boolean>;
  /** The chat has removed the bot there. */
  leave(conversation: string): Promise<void>;
  /** How many conversations were left of which nobody has been told; told once. */
  takeLeft(): Promise<number>;

  /** Conversations to look at, those that have waited longest first. */
  due(now: Date): Promise<readonly string[]>;
  /** Null while another process has it, or before it may be tried again. */
  claim(conversation: string, worker: string, now: Date): Promise<ClaimedSubscription | null>;
  /** False where the claim has passed to another process meanwhile. */
  renew(conversation: string, worker: string): Promise<boolean>;
  /** The claim ends; `failed` is null where nothing did. */
  release(conversation: string, worker: string, failed: FailedClaim | null): Promise<void>;
  /** In all conversations, whichever process failed there. */
  overdue(): Promise<Overdue>;
}

/** Somebody of whom a conversation has to hear. */
export interface DueReminder {
  readonly userId: string;
  readonly customerId: string;
  readonly restoreBy: Date;
  readonly threshold: number;
  /** It was on its way when a process ended: it may have come already. */
  readonly repeat: boolean;
  readonly attempts: number;
}

/** Nobody is reminded of this user any more, unless it is undone or the user is deleted anew. */
export interface LetGo {
  readonly userId: string;
  readonly deletion: string;
  readonly by: string;
  readonly at: Date;
  readonly reason: string;
}

export interface Snooze {
  readonly userId: string;
  readonly deletion: string;
  readonly conversation: string;
  /** A calendar day, as in `2026-11-22`. */
  readonly until: string;
  readonly by: string;
}

/** Which reminders were sent, to whom, and whom nobody wants to hear of. One record for each, and never two. */
export interface Reminders {
  /** By customer, the most urgent first. `customers`: those that may be seen. */
  due(
    subscription: Subscription,
    customers: Subscription['customers'],
    now: Date,
  ): Promise<ReadonlyMap<string, readonly DueReminder[]>>;
  /** They are about to be sent as one digest. */
  begin(conversation: string, digest: string, reminders: readonly DueReminder[]): Promise<void>;
  /** The chat has them. */
  sent(conversation: string, digest: string): Promise<void>;
  /** The chat has refused them: they are due again, and did not come. */
  refused(conversation: string, digest: string): Promise<void>;
  /** The digests in which these users were announced. */
  digestsOf(userIds: readonly string[]): Promise<readonly string[]>;

  letGo(letGo: LetGo, restoreBy: Date, effect: Effect): Promise<{ readonly kind: 'done' } | Repeated>;
  undoLetGo(userId: string, effect: Effect): Promise<{ readonly kind: 'done' } | Repeated>;
  snooze(snooze: Snooze, restoreBy: Date, effect: Effect): Promise<{ readonly kind: 'done' } | Repeated>;
  letGoOf(userIds: readonly string[]): Promise<readonly LetGo[]>;
  snoozesIn(conversation: string, userIds: readonly string[]): Promise<readonly Snooze[]>;
}

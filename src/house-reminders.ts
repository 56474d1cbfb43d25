import type { Entropy } from './domain/entropy';
import { usualReminderDays } from './domain/reminder';
import type { createDeletedUsers } from './features/deleted-users';
import type { LookAgain } from './features/live-cards';
import { createRemind } from './features/remind';
import { createReminderActions } from './features/reminder-actions';
import { lookAtDigests } from './features/reminder-digest';
import { createReminders } from './features/reminders';
import type { createRestoreUser } from './features/restore-user';
import { createSignal, type Signal } from './features/signal';
import { createSubscribeHere, type SubscribeHere } from './features/subscribe-here';
import type { AuditTrail } from './ports/audit';
import type { Clock } from './ports/clock';
import type { Directory } from './ports/directory';
import type { LiveCards } from './ports/live-cards';
import type { Log } from './ports/log';
import type { Chats } from './ports/messenger';
import type { Metrics } from './ports/metrics';
import type { Operators } from './ports/operators';
import type { Subscriptions } from './ports/reminders';
import type { People } from './ports/people';
import type { Database } from './storage/connection';
import type { Records } from './storage/records';
import { createMongoOpenMatters } from './storage/open-matters';
import { createMongoReminders } from './storage/reminders';
import { createMongoSubscriptions } from './storage/subscriptions';
import { createMongoSummaries } from './storage/summaries';

interface RemindingParts {
  readonly connection: Database['connection'];
  readonly records: Records;
  readonly directory: Directory;
  readonly operators: Operators;
  readonly trail: AuditTrail;
  readonly people: People;
  readonly liveCards: LiveCards;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  /** Days before the deadline, for conversations that say nothing else. */
  readonly days?: readonly number[] | undefined;
}

interface RestoringSteps {
  readonly deletedUsers: ReturnType<typeof createDeletedUsers>;
  readonly restoreUser: ReturnType<typeof createRestoreUser>;
}

/** Everything of reminders that the house puts together. */
export interface Reminding {
  /** The directory, which tells of everybody who is restored. */
  readonly directory: Directory;
  readonly feature: ReturnType<typeof createReminders>;
  readonly subscribeHere: SubscribeHere;
  actions(steps: RestoringSteps): ReturnType<typeof createReminderActions>;
  readonly liveKinds: { readonly digest: LookAgain };
  readonly subscriptions: Subscriptions;
  /** A digest that stands in a chat has changed. */
  readonly changed: Signal;
  /** Sends what is due through `messenger`. */
  createRemind(messenger: Chats): ReturnType<typeof createRemind>;
}

export function createReminding({ days = usualReminderDays, ...parts }: RemindingParts): Reminding {
  const { connection, records, directory, operators, trail, people, liveCards, metrics, clock } = parts;
  const { entropy, log } = parts;
  const subscriptions = createMongoSubscriptions({ connection, records });
  const reminders = createMongoReminders({ connection, records });
  const summaries = createMongoSummaries(records);
  const openMatters = createMongoOpenMatters(connection, records);
  const changed = createSignal();
  const states = { directory, reminders, trail, people, entropy };

  /** The digests that announced these users are looked at again. */
  const wake = async (userIds: readonly string[], now: Date): Promise<void> => {
    try {
      for (const digest of await reminders.digestsOf(userIds)) await liveCards.wake(`digest:${digest}`, now);
      changed.ring();
    } catch (error) {
      log.warn({ err: error }, 'Digests could not be looked at again; they show an earlier state.');
    }
  };

  return {
    directory: {
      ...directory,
      async restoreUsers(restoration, effect) {
        const outcome = await directory.restoreUsers(restoration, effect);
        const ids = restoration.users.map(({ userId }) => userId);
        if (outcome.kind === 'restored') await wake(ids, restoration.now);
        return outcome;
      },
    },
    feature: createReminders({ directory, subscriptions, operators, entropy, days }),
    subscribeHere: createSubscribeHere({ subscriptions, days, log }),
    actions: (steps) => createReminderActions({ ...states, ...steps, subscriptions, changed: wake }),
    liveKinds: { digest: lookAtDigests(states) },
    subscriptions,
    changed,
    createRemind: (messenger) =>
      createRemind({
        ...{ ...states, subscriptions, summaries, openMatters, operators, messenger },
        ...{ liveCards, clock, metrics, log },
      }),
  };
}

import type { Customer } from '../domain/customer';
import type { Entropy } from '../domain/entropy';
import { newId } from '../domain/id';
import { isAllowed } from '../domain/permission';
import type { Clock } from '../ports/clock';
import type { Directory } from '../ports/directory';
import type { LiveCards } from '../ports/live-cards';
import type { Log } from '../ports/log';
import type { Messenger } from '../ports/messenger';
import type { Metrics } from '../ports/metrics';
import type { Operator } from '../ports/operators';
import type { ClaimedSubscription, DueReminder, Reminders, Subscriptions } from '../ports/reminders';
import { digestCard, withoutNames, type DigestDeps } from './reminder-digest';
import { sendAtLeastOnce } from './send-at-least-once';

/** A conversation, held by this process. */
export interface Claim {
  readonly subscription: ClaimedSubscription;
  readonly worker: string;
}

/** Of one customer, whom the conversation has to hear of. */
interface Batch {
  readonly customerId: string;
  readonly due: readonly DueReminder[];
  readonly operator: Operator;
}

export interface SendDeps extends Omit<DigestDeps, 'directory' | 'reminders'> {
  readonly directory: Pick<Directory, 'findCustomer' | 'findUsers' | 'findDeletedUsers'>;
  readonly subscriptions: Pick<Subscriptions, 'renew'>;
  readonly reminders: Reminders;
  readonly messenger: Pick<Messenger, 'post'>;
  readonly liveCards: Pick<LiveCards, 'remember'>;
  readonly entropy: Entropy;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'reminders'>;
  readonly log: Log;
}

/** One digest of one customer. Throws where the chat did not take it. */
export function createSendDigest(deps: SendDeps) {
  const { subscriptions, reminders, directory, messenger, liveCards, entropy, clock, metrics, log } = deps;

  const draw = (subscription: ClaimedSubscription, customer: Customer, { due, operator }: Batch) => {
    const { conversation, hour, timeZone } = subscription;
    return digestCard(
      {
        ...{ customer, conversation, userIds: due.map(({ userId }) => userId), clocks: { hour, timeZone } },
        repeat: due.some(({ repeat }) => repeat),
        mayRestore: isAllowed(operator.partnerRole, 'restore_user'),
        now: clock.now(),
      },
      deps,
    );
  };

  return async (
    { subscription, worker }: Claim,
    batch: Batch,
  ): Promise<'sent' | 'none' | 'gone' | 'overtaken'> => {
    const { conversation, language, timeZone } = subscription;
    const { due } = batch;
    const customer = await directory.findCustomer(batch.customerId);
    const drawn = customer && (await draw(subscription, customer, batch));
    if (!drawn) return 'none';
    if (!(await subscriptions.renew(conversation, worker))) return 'overtaken';
    const digest = newId(entropy, clock.now());
    const locale = { language, timeZone };
    const address = await sendAtLeastOnce({
      begin: () => reminders.begin(conversation, digest, due),
      post: () =>
        messenger.post(conversation, drawn.card, locale).catch((error: unknown) => {
          metrics.reminders('failed', due.length);
          throw error;
        }),
      refused: () => reminders.refused(conversation, digest),
      sent: () => reminders.sent(conversation, digest),
    });
    if (address === 'gone') return 'gone';
    metrics.reminders('sent', due.length);
    const again = due.filter(({ attempts }) => attempts > 0).length;
    if (again > 0) metrics.reminders('retried', again);
    const card = withoutNames(drawn.card);
    const live = { subject: `digest:${digest}`, address, locale, card, dueAt: drawn.dueAt };
    await liveCards
      .remember(live)
      .catch((error: unknown) =>
        log.warn({ err: error, digest }, 'A digest was not noted; it will not change by itself.'),
      );
    return 'sent';
  };
}

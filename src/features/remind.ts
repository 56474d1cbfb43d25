import type { Customer } from '../domain/customer';
import type { Entropy } from '../domain/entropy';
import { newId } from '../domain/id';
import { withinReach } from '../domain/operator';
import { isAllowed } from '../domain/permission';
import { thresholdAt } from '../domain/reminder';
import type { Clock } from '../ports/clock';
import type { Directory } from '../ports/directory';
import type { LiveCards } from '../ports/live-cards';
import type { Log } from '../ports/log';
import { failureOf } from '../ports/messenger';
import type { Metrics } from '../ports/metrics';
import type { Operator, Operators } from '../ports/operators';
import type { ClaimedSubscription, DueReminder, Reminders, Subscriptions } from '../ports/reminders';
import { digestCard, type DigestDeps } from './reminder-digest';
import { sendAtLeastOnce } from './send-at-least-once';
import { createSummary, type SummaryDeps } from './summary';

/** Conversations that are served side by side: one that hangs does not delay the others. */
const atOnce = 8;
const firstPause = 60_000;
const longestPause = 60 * 60_000;

interface Deps extends Omit<DigestDeps, 'directory' | 'reminders'>, Omit<SummaryDeps, 'directory'> {
  readonly directory: DigestDeps['directory'] & SummaryDeps['directory'] & Pick<Directory, 'findCustomer'>;
  readonly subscriptions: Subscriptions;
  readonly reminders: Reminders;
  readonly operators: Pick<Operators, 'find'>;
  readonly liveCards: Pick<LiveCards, 'remember'>;
  readonly entropy: Entropy;
  readonly clock: Clock;
  readonly metrics: Pick<Metrics, 'reminders' | 'remindersWaiting'>;
  readonly log: Log;
}

interface Waiting {
  readonly count: number;
  readonly since: Date;
}

/** Sends what is due and was not sent yet. Run twice, late or in two processes, each reminder is sent once. */
export function createRemind(deps: Deps) {
  const { subscriptions, operators, reminders, metrics, entropy, clock, log } = deps;
  const worker = entropy.bytes(9).toString('base64url');
  /** What this process could not send, by conversation. */
  const waiting = new Map<string, Waiting>();
  const send = createSend(deps, worker);
  const summary = createSummary(deps, worker);

  const sendAll = async (
    subscription: ClaimedSubscription,
    operator: Operator,
    ending: AbortSignal,
  ): Promise<'sent' | 'gone' | 'overtaken'> => {
    const { conversation } = subscription;
    const scope = withinReach(subscription.customers, operator.customers);
    const due = [...(await reminders.due(subscription, scope, clock.now()))];
    let left = due.flatMap(([, ofCustomer]) => ofCustomer);
    metrics.reminders('due', left.length);
    // What failed before comes last: it must not keep the others back.
    due.sort(([, one], [, other]) => attemptsOf(one) - attemptsOf(other));
    for (const [customerId, ofCustomer] of due) {
      if (ending.aborted) return 'sent';
      waiting.set(conversation, waitingOf(left, subscription));
      const outcome = await send(subscription, { customerId, due: ofCustomer, operator });
      if (outcome === 'overtaken' || outcome === 'gone') return outcome;
      left = left.filter((one) => !ofCustomer.includes(one));
    }
    waiting.delete(conversation);
    return 'sent';
  };

  /** The digests and the daily summary: what has failed before comes last, so that neither keeps the other back. */
  const sendInTurn = async (
    claimed: ClaimedSubscription,
    operator: Operator,
    ending: AbortSignal,
  ): Promise<void> => {
    const { conversation, failures } = claimed;
    const today = await summary.due(claimed, clock.now());
    const digests = () => sendAll(claimed, operator, ending);
    const daily = () => today && summary.send(claimed, operator, today);
    const turns = failures > 0 && today?.attempts === 0 ? [daily, digests] : [digests, daily];
    for (const turn of turns) {
      if (ending.aborted) return;
      const outcome = await turn();
      if (outcome === 'overtaken') return;
      if (outcome !== 'gone') continue;
      waiting.delete(conversation);
      await subscriptions.leave(conversation);
      log.warn({ conversation }, 'A conversation is gone: it is reminded no more.');
      return;
    }
  };

  const serve = async (conversation: string, ending: AbortSignal): Promise<void> => {
    const claimed = await subscriptions.claim(conversation, worker, clock.now());
    if (!claimed) return;
    let retryAt: Date | null = null;
    try {
      const operator = await operators.find(claimed.operator);
      if (operator && isAllowed(operator.partnerRole, 'list_deleted'))
        await sendInTurn(claimed, operator, ending);
      else waiting.delete(conversation);
    } catch (error) {
      const pause = Math.min(firstPause * 2 ** claimed.failures, longestPause);
      retryAt = new Date(clock.now().getTime() + Math.max(pause, failureOf(error).retryAfterMs ?? 0));
      log.warn({ err: error, conversation, retryAt }, 'A reminder could not be sent; it is tried again.');
    }
    await subscriptions.release(conversation, worker, retryAt);
  };

  return async (ending: AbortSignal): Promise<void> => {
    const conversations = [...(await subscriptions.due(clock.now()))];
    const serveNext = async (): Promise<void> => {
      for (let next = conversations.shift(); next !== undefined; next = conversations.shift()) {
        if (ending.aborted) return;
        const conversation = next;
        await serve(conversation, ending).catch((error: unknown) =>
          log.warn({ err: error, conversation }, 'A conversation could not be reminded; it is tried again.'),
        );
      }
    };
    await Promise.all(Array.from({ length: atOnce }, serveNext));
    const since = [...waiting.values()].map((one) => one.since.getTime());
    const count = [...waiting.values()].reduce((sum, one) => sum + one.count, 0);
    const oldest = since.length > 0 ? (clock.now().getTime() - Math.min(...since)) / 1000 : 0;
    metrics.remindersWaiting(count, Math.max(0, oldest));
  };
}

interface Batch {
  readonly customerId: string;
  readonly due: readonly DueReminder[];
  readonly operator: Operator;
}

/** One digest of one customer. Throws where the chat did not take it. */
function createSend(deps: Deps, worker: string) {
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
    subscription: ClaimedSubscription,
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
    const live = { subject: `digest:${digest}`, address, locale, ...drawn };
    await liveCards
      .remember(live)
      .catch((error: unknown) =>
        log.warn({ err: error, digest }, 'A digest was not noted; it will not change by itself.'),
      );
    return 'sent';
  };
}

function attemptsOf(due: readonly DueReminder[]): number {
  return Math.max(0, ...due.slice(0, 100).map(({ attempts }) => attempts));
}

function waitingOf(due: readonly DueReminder[], subscription: ClaimedSubscription): Waiting {
  const since = due.slice(0, 1_000).map((one) => thresholdAt(one, one.threshold, subscription).getTime());
  return { count: due.length, since: new Date(Math.min(...since)) };
}

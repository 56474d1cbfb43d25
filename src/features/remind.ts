import { withinReach } from '../domain/operator';
import { isAllowed } from '../domain/permission';
import { thresholdAt } from '../domain/reminder';
import type { Chats } from '../ports/messenger';
import type { Metrics } from '../ports/metrics';
import type { Operator, Operators } from '../ports/operators';
import type {
  ClaimedSubscription,
  DueReminder,
  FailedClaim,
  Overdue,
  Subscriptions,
} from '../ports/reminders';
import { createLanes } from './lanes';
import { retryAt } from './retry-at';
import { createSendDigest, type Claim, type SendDeps } from './send-digest';
import { createSummary, type SummaryDeps } from './summary';

/** Conversations are served side by side: one that hangs does not delay the others. */
const width = { lanes: 8, patience: 1_000 };

interface Deps extends Omit<SendDeps, 'directory'>, Omit<SummaryDeps, 'directory'> {
  readonly directory: SendDeps['directory'] & SummaryDeps['directory'];
  readonly subscriptions: Subscriptions;
  readonly messenger: Pick<Chats, 'post' | 'reaches'>;
  readonly operators: Pick<Operators, 'find'>;
  readonly metrics: Pick<Metrics, 'reminders' | 'remindersWaiting'>;
}

/** What came of a part of what a conversation has to hear; a failure with what is left of it. */
type Outcome = 'sent' | 'none' | 'gone' | 'overtaken' | FailedClaim;

/** Sends what is due and was not sent yet. Run twice, late or in two processes, each reminder is sent once. */
export function createRemind(deps: Deps) {
  const { subscriptions, messenger, operators, reminders, metrics, entropy, clock, log } = deps;
  const lanes = createLanes(width);
  const sendDigest = createSendDigest(deps);
  const summary = createSummary(deps);

  const failedAt = (claimed: ClaimedSubscription, err: unknown, overdue: Overdue | null): FailedClaim => {
    const { conversation, failures } = claimed;
    const failed = { retryAt: retryAt(clock.now(), failures, err), overdue };
    log.warn({ err, conversation, ...failed }, 'A reminder could not be sent; it is tried again.');
    return failed;
  };

  const sendDigests = async (
    { subscription, worker }: Claim,
    operator: Operator,
    ending: AbortSignal,
  ): Promise<Outcome> => {
    const scope = withinReach(subscription.customers, operator.customers);
    const due = [...(await reminders.due(subscription, scope, clock.now()))];
    metrics.reminders('due', usersOf(due).length);
    // What failed before comes last: it must not keep the others back.
    due.sort(([, one], [, other]) => attemptsOf(one) - attemptsOf(other));
    for (const [place, [customerId, ofCustomer]] of due.entries()) {
      if (ending.aborted) return 'sent';
      try {
        const batch = { customerId, due: ofCustomer, operator };
        const outcome = await sendDigest({ subscription, worker }, batch);
        if (outcome === 'overtaken' || outcome === 'gone') return outcome;
      } catch (error) {
        return failedAt(subscription, error, overdueOf(usersOf(due.slice(place)), subscription));
      }
    }
    return 'sent';
  };

  /** The digests and the daily summary: what has failed before comes last, so that neither keeps the other back. */
  const sendInTurn = async (claim: Claim, ending: AbortSignal): Promise<FailedClaim | null> => {
    const { conversation, failures, operator: id } = claim.subscription;
    const operator = await operators.find(id);
    if (!operator || !isAllowed(operator.partnerRole, 'list_deleted')) return null;
    const today = await summary.due(claim.subscription, clock.now());
    const digests = () => sendDigests(claim, operator, ending);
    const daily = () => (today ? summary.send(claim, operator, today) : 'none');
    const turns = failures > 0 && today?.attempts === 0 ? [daily, digests] : [digests, daily];
    for (const turn of turns) {
      if (ending.aborted) return null;
      const outcome = await turn();
      if (typeof outcome === 'object') return outcome;
      if (outcome === 'overtaken') return null;
      if (outcome !== 'gone') continue;
      await subscriptions.leave(conversation);
      log.warn({ conversation }, 'A conversation is gone: it is reminded no more.');
      return null;
    }
    return null;
  };

  const measure = async (): Promise<void> => {
    const { count, since } = await subscriptions.overdue();
    const late = since === null ? 0 : clock.now().getTime() - since.getTime();
    metrics.remindersWaiting(count, Math.max(0, late / 1000));
  };

  const serve = async (conversation: string, ending: AbortSignal): Promise<void> => {
    const worker = entropy.bytes(9).toString('base64url');
    const subscription = await subscriptions.claim(conversation, worker, clock.now());
    if (!subscription) return;
    const failed = await sendInTurn({ subscription, worker }, ending).catch((error: unknown) =>
      failedAt(subscription, error, null),
    );
    await subscriptions.release(conversation, worker, failed);
    // The look may be over by now.
    if (failed) await measure();
  };

  return {
    /**
     * Resolves when every conversation was looked at, without waiting for one that takes long. Those of a chat that is
     * off wait until it is on again, or are another process's.
     */
    async runDue(ending: AbortSignal): Promise<void> {
      const due = await subscriptions.due(clock.now());
      const conversations = due.filter((conversation) => messenger.reaches(conversation));
      const next = () => Promise.resolve(ending.aborted ? null : (conversations.shift() ?? null));
      await lanes.run(next, (conversation) =>
        serve(conversation, ending).catch((error: unknown) =>
          log.warn({ err: error, conversation }, 'A conversation could not be reminded; it is tried again.'),
        ),
      );
      await measure();
    },
    settled: (within: number) => lanes.settled(within),
  };
}

function usersOf(due: readonly (readonly [string, readonly DueReminder[]])[]): readonly DueReminder[] {
  return due.flatMap(([, ofCustomer]) => ofCustomer);
}

function attemptsOf(due: readonly DueReminder[]): number {
  return Math.max(0, ...due.slice(0, 100).map(({ attempts }) => attempts));
}

/** Of those that are left there is at least one. */
function overdueOf(left: readonly DueReminder[], subscription: ClaimedSubscription): Overdue {
  const since = left.slice(0, 1_000).map((one) => thresholdAt(one, one.threshold, subscription).getTime());
  return { count: left.length, since: new Date(Math.min(...since)) };
}

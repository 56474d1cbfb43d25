import { summaryDay, summarySince } from '../domain/summary';
import type { Messenger } from '../ports/messenger';
import type { Operator } from '../ports/operators';
import type { ClaimedSubscription, Subscriptions } from '../ports/reminders';
import type { DueSummary, Summaries } from '../ports/summaries';
import { sendAtLeastOnce } from './send-at-least-once';
import type { Claim } from './send-digest';
import { summaryCard, type SummaryCardDeps } from './summary-card';

export interface SummaryDeps extends SummaryCardDeps {
  readonly summaries: Summaries;
  readonly subscriptions: Pick<Subscriptions, 'renew'>;
  readonly messenger: Pick<Messenger, 'post'>;
}

interface TodaysSummary extends DueSummary {
  readonly day: string;
  readonly now: Date;
}

/** Once a day what somebody should look after, in conversations that asked for it. */
export function createSummary(deps: SummaryDeps) {
  const { summaries, subscriptions, messenger } = deps;

  return {
    /** Null where none is due, or not yet. */
    async due(subscription: ClaimedSubscription, now: Date): Promise<TodaysSummary | null> {
      const day = subscription.summary ? summaryDay(now, subscription) : null;
      if (day === null) return null;
      const due = await summaries.due(subscription.conversation, day);
      return due && { ...due, day, now };
    },

    /** A day without anything to say is done in silence. Throws where the chat did not take the card. */
    async send(
      { subscription, worker }: Claim,
      operator: Operator,
      { day, now, last, repeat }: TodaysSummary,
    ): Promise<'sent' | 'none' | 'gone' | 'overtaken'> {
      const { conversation, language, timeZone } = subscription;
      const since = summarySince(now, last);
      const card = await summaryCard({ subscription, operator, since, repeat, now }, deps);
      if (!card) {
        await summaries.done(conversation, day, now);
        return 'none';
      }
      if (!(await subscriptions.renew(conversation, worker))) return 'overtaken';
      const address = await sendAtLeastOnce({
        begin: () => summaries.begin(conversation, day),
        post: () => messenger.post(conversation, card, { language, timeZone }),
        refused: () => summaries.refused(conversation, day),
        sent: () => summaries.done(conversation, day, now),
      });
      return address === 'gone' ? 'gone' : 'sent';
    },
  };
}

import { isAllowed } from '../domain/permission';
import type { Log } from '../ports/log';
import type { Subscriptions } from '../ports/reminders';
import type { CustomerRequest } from './feature';
import { usualSubscription } from './reminder-form';

/** Answers whether this private chat is reminded of the customer's deleted users from now on. */
export type SubscribeHere = (request: CustomerRequest) => Promise<boolean>;

interface Deps {
  readonly subscriptions: Pick<Subscriptions, 'subscribe'>;
  readonly days: readonly number[];
  readonly log: Log;
}

/** The first user that an operator deletes for a customer subscribes their private chat with the bot. */
export function createSubscribeHere({ subscriptions, days, log }: Deps): SubscribeHere {
  return async (request) => {
    const { conversation, customer, operator } = request;
    if (conversation.kind !== 'personal' || !isAllowed(operator.partnerRole, 'list_deleted')) return false;
    const about = { conversation: conversation.id, kind: conversation.kind };
    try {
      const draft = usualSubscription(request, about, days);
      return await subscriptions.subscribe({ ...draft, customers: [] }, customer.id);
    } catch (error) {
      // The deletion is done: it must not look as if it were not.
      log.warn({ err: error, conversation: conversation.id }, 'A private chat was not subscribed.');
      return false;
    }
  };
}

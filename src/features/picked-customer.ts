import type { Conversations } from '../ports/conversations';
import type { Operator } from '../ports/operators';

/** A picked customer is asked for again after this many milliseconds. */
const choiceHolds = 8 * 60 * 60 * 1000;

/** The customer that an operator has picked in a conversation, or null; never one that is not theirs (any more). */
export type PickedId = (operator: Operator, conversation: string, now: Date) => Promise<string | null>;

export function createPickedId(conversations: Pick<Conversations, 'chosenCustomer'>): PickedId {
  return async (operator, conversation, now) => {
    const id = await conversations.chosenCustomer(operator.id, conversation, pickedSince(now));
    return id !== null && isInScope(operator, id) ? id : null;
  };
}

/** What was picked before counts no more. */
export function pickedSince(now: Date): Date {
  return new Date(now.getTime() - choiceHolds);
}

export function isInScope({ customers }: Operator, customerId: string): boolean {
  return customers === 'all' || customers.includes(customerId);
}

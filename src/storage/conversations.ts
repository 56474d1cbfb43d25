import type { ConversationAddress, ConversationAddresses, Conversations } from '../ports/conversations';
import { answered } from './away';
import type { Records } from './records';

export function createMongoConversations({ choices }: Pick<Records, 'choices'>): Conversations {
  return {
    chosenCustomer: (operator, conversation, since) =>
      answered('read', async () => {
        const choice = await choices
          .findOne({ _id: choiceId(operator, conversation), at: { $gt: since } })
          .lean();
        return choice?.customerId ?? null;
      }),

    chooseCustomer: (operator, conversation, customerId, at) =>
      answered('write', async () => {
        const choice = { _id: choiceId(operator, conversation) };
        await choices.updateOne(choice, { $set: { customerId, at } }, { upsert: true });
      }),
  };
}

export function createMongoConversationAddresses({
  conversations,
}: Pick<Records, 'conversations'>): ConversationAddresses {
  return {
    find: (id) =>
      answered('read', async () => {
        const found = await conversations.findById(id).lean();
        return found && toAddress(found);
      }),

    findPrivate: (door, operator) =>
      answered('read', async () => {
        const found = await conversations.findOne({ door, operator, kind: 'personal' }).lean();
        return found && toAddress(found);
      }),

    remember: ({ id, ...address }) =>
      answered('write', async () => {
        const known = await conversations.findOne({ _id: id, ...address }, { _id: 1 }).lean();
        if (known) return;
        const door = id.slice(0, id.indexOf(':'));
        await conversations.updateOne({ _id: id }, { $set: { ...address, door } }, { upsert: true });
      }),

    forget: (id) =>
      answered('write', async () => {
        await conversations.deleteOne({ _id: id });
      }),
  };
}

function toAddress(
  stored: Omit<ConversationAddress, 'id' | 'operator'> & { _id: string; operator?: string | null },
): ConversationAddress {
  const { _id: id, kind, operator, reference } = stored;
  return { id, kind, operator: operator ?? null, reference };
}

/** Of the record that holds the choice. */
export function choiceId(operator: string, conversation: string): string {
  return JSON.stringify([operator, conversation]);
}

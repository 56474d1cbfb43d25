import type { Chats, Messenger } from '../ports/messenger';
import type { Door } from './door';
import { inTime } from './in-time';

/** Milliseconds after which nobody waits for a chat any more; less than a conversation is held for. */
const usualPatience = 45_000;

/** A chat has not answered: what it was sent may stand there all the same, or come yet. */
class ChatSilent extends Error {
  override readonly name = 'ChatSilent';
  readonly mayHaveHappened = true;

  constructor() {
    super('The chat did not answer in time.');
  }
}

/** Speaks through the door that a conversation belongs to; its id begins with the door's name. */
export function createMessenger(
  doors: readonly Pick<Door, 'name' | 'messenger'>[],
  patience = usualPatience,
): Chats {
  const messengerOf = (conversation: string): Messenger | undefined =>
    doors.find(({ name }) => conversation.startsWith(`${name}:`))?.messenger;
  const answered = <T>(call: Promise<T>) => inTime(call, patience, () => new ChatSilent());

  return {
    reaches: (conversation) => messengerOf(conversation) !== undefined,
    async update(address, card, locale) {
      const messenger = messengerOf(address.conversation);
      return messenger ? answered(messenger.update(address, card, locale)) : 'gone';
    },
    async post(conversation, card, locale) {
      const messenger = messengerOf(conversation);
      return messenger ? answered(messenger.post(conversation, card, locale)) : 'gone';
    },
  };
}

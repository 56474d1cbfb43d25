import type { Messenger } from '../ports/messenger';
import type { Door } from './door';

/** Speaks through the door that a conversation belongs to; its id begins with the door's name. */
export function createMessenger(doors: readonly Pick<Door, 'name' | 'messenger'>[]): Messenger {
  const messengerOf = (conversation: string): Messenger | undefined =>
    doors.find(({ name }) => conversation.startsWith(`${name}:`))?.messenger;

  return {
    async update(address, card, locale) {
      const messenger = messengerOf(address.conversation);
      return messenger ? messenger.update(address, card, locale) : 'gone';
    },
    async post(conversation, card, locale) {
      const messenger = messengerOf(conversation);
      return messenger ? messenger.post(conversation, card, locale) : 'gone';
    },
  };
}

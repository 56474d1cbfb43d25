import type { Card } from '../../ports/card';
import type { Locale } from '../../ports/chat';
import type { Messenger } from '../../ports/messenger';
import type { MessageContent, SlackCalls } from './calls';
import { SlackCallFailed } from './failure';

interface MessengerDeps {
  readonly calls: Pick<SlackCalls, 'update' | 'announce'>;
  readonly contentOf: (card: Card, locale: Locale) => MessageContent;
}

const prefix = 'slack:';

export function createMessenger({ calls, contentOf }: MessengerDeps): Messenger {
  return {
    async update({ conversation, message }, card, locale) {
      if (!conversation.startsWith(prefix)) return 'gone';
      const address = { channel: conversation.slice(prefix.length), ts: message };
      try {
        await calls.update(address, contentOf(card, locale));
        return 'delivered';
      } catch (error) {
        if (error instanceof SlackCallFailed && error.kind === 'gone') return 'gone';
        throw error;
      }
    },
    async post(conversation, card, locale) {
      if (!conversation.startsWith(prefix)) return 'gone';
      try {
        const { ts } = await calls.announce(conversation.slice(prefix.length), contentOf(card, locale));
        return { conversation, message: ts };
      } catch (error) {
        if (error instanceof SlackCallFailed && error.kind === 'gone') return 'gone';
        throw error;
      }
    },
  };
}

import type { ConversationAddresses } from '../../ports/conversations';
import type { Messenger } from '../../ports/messenger';
import { TeamsCallFailed } from './errors';
import { toReference } from './reference';
import type { Remembered } from './remembered';
import { type DoorWords, type RenderCard, renderMessage } from './render';
import { type OwnTurns, replace } from './send';

interface MessengerDeps {
  readonly ownTurns: OwnTurns;
  readonly addresses: ConversationAddresses;
  readonly remembered: Remembered;
  readonly renderCard: RenderCard;
  readonly words: DoorWords;
}

export function createMessenger(deps: MessengerDeps): Messenger {
  const { ownTurns, addresses, remembered, renderCard, words } = deps;
  return {
    async update(address, card, locale) {
      const known = await addresses.find(address.conversation);
      if (!known) return 'gone';
      const message = renderMessage(renderCard(card, locale), words.t(locale, 'chat.notification'));
      try {
        return await ownTurns.continue(toReference(known), async (context) => {
          await replace(context, address.message, message);
          return 'delivered' as const;
        });
      } catch (error) {
        if (!(error instanceof TeamsCallFailed) || error.kind === 'failed') throw error;
        if (error.kind === 'removed') await remembered.forget(known.id);
        return 'gone';
      }
    },
  };
}

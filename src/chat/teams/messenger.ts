import type { TurnContext } from 'botbuilder';
import type { Card } from '../../ports/card';
import type { Locale } from '../../ports/chat';
import type { ConversationAddresses } from '../../ports/conversations';
import type { Messenger } from '../../ports/messenger';
import { TeamsCallFailed } from './errors';
import { toReference } from './reference';
import type { Remembered } from './remembered';
import { type DoorWords, type RenderCard, renderMessage } from './render';
import { type OwnTurns, replace, send } from './send';

interface MessengerDeps {
  readonly ownTurns: OwnTurns;
  readonly addresses: ConversationAddresses;
  readonly remembered: Remembered;
  readonly renderCard: RenderCard;
  readonly words: DoorWords;
}

export function createMessenger(deps: MessengerDeps): Messenger {
  const { ownTurns, addresses, remembered, renderCard, words } = deps;

  /** In a turn of the bot's own, where the conversation is known and the bot still belongs to it. */
  const inTurn = async <T>(
    conversation: string,
    act: (context: TurnContext) => Promise<T>,
  ): Promise<T | 'gone'> => {
    const known = await addresses.find(conversation);
    if (!known) return 'gone';
    try {
      return await ownTurns.continue(toReference(known), act);
    } catch (error) {
      if (!(error instanceof TeamsCallFailed) || error.kind === 'failed') throw error;
      if (error.kind === 'removed') await remembered.forget(known.id);
      return 'gone';
    }
  };

  const draw = (card: Card, locale: Locale) =>
    renderMessage(renderCard(card, locale), words.t(locale, 'chat.notification'));

  return {
    update: (address, card, locale) =>
      inTurn(address.conversation, async (context) => {
        await replace(context, address.message, draw(card, locale));
        return 'delivered' as const;
      }),
    post: (conversation, card, locale) =>
      inTurn(conversation, (context) => send(context, draw(card, locale))),
  };
}

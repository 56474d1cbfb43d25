import type { Activity, ConversationParameters, TurnContext } from 'botbuilder';
import type { CardAddress } from '../../ports/chat';
import type { ConversationAddress, ConversationAddresses } from '../../ports/conversations';
import type { Log } from '../../ports/log';
import type { Incoming } from './activity';
import { logged, TeamsCallFailed } from './errors';
import type { Remembered } from './remembered';
import { toPrivateAddress, toReference } from './reference';
import { type OwnTurns, send } from './send';

export interface PrivateTurn {
  readonly context: TurnContext;
  readonly incoming: Incoming;
  readonly operator: string;
}

export interface PrivateChats {
  /** To the private chat of the person who is at turn; null where the bot cannot reach it. */
  send(message: Partial<Activity>, turn: PrivateTurn): Promise<CardAddress | null>;
}

interface PrivateChatDeps {
  readonly ownTurns: OwnTurns;
  readonly addresses: ConversationAddresses;
  readonly remembered: Remembered;
  readonly log: Log;
}

export function createPrivateChats({ ownTurns, addresses, remembered, log }: PrivateChatDeps): PrivateChats {
  const sendKnown = async (
    message: Partial<Activity>,
    known: ConversationAddress,
  ): Promise<CardAddress | null> => {
    try {
      return await ownTurns.continue(toReference(known), (context) => send(context, message));
    } catch (error) {
      if (!(error instanceof TeamsCallFailed) || error.kind === 'failed') throw error;
      await remembered.forget(known.id);
      return null;
    }
  };

  const sendNew = async (message: Partial<Activity>, turn: PrivateTurn): Promise<CardAddress> => {
    const sent = await ownTurns.create(turn.context, newConversation(turn.incoming), async (created) => ({
      conversation: created.activity.conversation.id,
      address: await send(created, message),
    }));
    await remembered
      .remember(toPrivateAddress(turn.incoming, turn.operator, sent.conversation))
      .catch((error: unknown) =>
        log.warn(logged(error), 'The private chat of an operator was not remembered.'),
      );
    return sent.address;
  };

  return {
    async send(message, turn) {
      try {
        const known = await addresses.findPrivate('teams', turn.operator);
        return (known && (await sendKnown(message, known))) ?? (await sendNew(message, turn));
      } catch (error) {
        log.warn(logged(error), 'The private chat of an operator cannot be reached.');
        return null;
      }
    },
  };
}

function newConversation({ recipient, from, conversation, channelData }: Incoming): ConversationParameters {
  const tenantId = conversation.tenantId ?? channelData?.tenant?.id;
  return {
    isGroup: false,
    bot: { id: recipient.id, name: recipient.name ?? '' },
    members: [{ id: from.id, name: from.name ?? '' }],
    ...(tenantId === undefined ? {} : { tenantId }),
    channelData: { tenant: { id: tenantId } },
  };
}

import type { Log } from '../../ports/log';
import type { Answer, Command } from '../door';
import { logged } from './errors';
import type { PrivateChats, PrivateTurn } from './private-chat';
import {
  type DoorWords,
  type RenderCard,
  renderLine,
  renderMessage,
  renderPressedCard,
  renderPressedNotice,
  type TurnAnswer,
} from './render';
import { replace, send } from './send';
import type { CardAddress } from '../../ports/chat';

export interface Turn extends PrivateTurn {
  readonly command: Command;
}

/** Brings an answer to where it may be seen. Throws `TeamsCallFailed` where that cannot be done. */
export type CarryAnswer = (answer: Answer, turn: Turn) => Promise<TurnAnswer>;

interface AnswerDeps {
  readonly renderCard: RenderCard;
  readonly words: DoorWords;
  readonly privateChats: PrivateChats;
  readonly log: Log;
}

export function createCarryAnswer({ renderCard, words, privateChats, log }: AnswerDeps): CarryAnswer {
  const tellDelivered = async (answer: Answer, address: CardAddress): Promise<void> => {
    try {
      if (address.message) await answer.delivered(address);
    } catch (error) {
      log.warn(logged(error), 'Where a card stands was not kept: it will not change by itself.');
    }
  };

  const carryBelow = async (answer: Answer, card: object, turn: Turn): Promise<TurnAnswer> => {
    const message = renderMessage(card, words.t(answer.locale, 'chat.notification'));
    await tellDelivered(answer, await send(turn.context, message));
    return isInvoke(turn)
      ? renderPressedNotice(words.t(answer.locale, 'chat.answered-below'))
      : { status: 200 };
  };

  /** The invoke's answer changes the card for the presser and for now; the message, for everybody and for good. */
  const carryHere = async (answer: Answer, card: object, turn: Turn): Promise<TurnAnswer> => {
    const pressed = turn.incoming.replyToId;
    const message = renderMessage(card, words.t(answer.locale, 'chat.notification'));
    const updated = pressed !== undefined && (await tryReplace(turn, pressed, message));
    if (!updated && !isInvoke(turn)) return carryBelow(answer, card, turn);
    if (pressed !== undefined) {
      await tellDelivered(answer, { conversation: turn.command.conversation.id, message: pressed });
    }
    return isInvoke(turn) ? renderPressedCard(card) : { status: 200 };
  };

  const tryReplace = async ({ context }: Turn, id: string, message: object): Promise<boolean> => {
    try {
      await replace(context, id, message);
      return true;
    } catch (error) {
      log.warn(logged(error), 'A pressed card could not be updated: only who pressed it sees the answer.');
      return false;
    }
  };

  const carryPrivately = async (answer: Answer, card: object, turn: Turn): Promise<TurnAnswer> => {
    const message = renderMessage(card, words.t(answer.locale, 'chat.notification'));
    const address = await privateChats.send(message, turn);
    if (address) await tellDelivered(answer, address);
    const line = words.t(answer.locale, address ? 'chat.answered-in-private' : 'chat.private-unreachable');
    await send(turn.context, renderLine(line));
    return isInvoke(turn) ? renderPressedNotice(line) : { status: 200 };
  };

  return (answer, turn) => {
    const card = renderCard(answer.card, answer.locale);
    const { conversation, input } = turn.command;
    if (answer.audience === 'operator' && conversation.kind !== 'personal')
      return carryPrivately(answer, card, turn);
    if (answer.place === 'here' && input.kind === 'pressed') return carryHere(answer, card, turn);
    return carryBelow(answer, card, turn);
  };
}

function isInvoke({ incoming }: Turn): boolean {
  return incoming.type === 'invoke';
}

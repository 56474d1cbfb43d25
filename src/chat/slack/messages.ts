import type { Log } from '../../ports/log';
import type { Answer } from '../door';
import { isRecord } from '../is-record';
import type { MessageContent, Posted, SlackCalls } from './calls';
import type { Contents } from './content';
import type { Incoming } from './envelope';
import { logged, SlackCallFailed } from './failure';
import { typedMark } from './inputs';
import type { Place } from './place';
import type { DrawnAnswer, Turn } from './turn';
import type { Waiting, WaitingMessage } from './waiting';
import type { DoorWords } from './words';

/** Brings answers into conversations: to where they were asked for, or to the private chat. */
export interface Messages {
  /** Throws `SlackCallFailed` where nobody sees it. */
  carry(result: DrawnAnswer, turn: Turn): Promise<void>;
  /** The result of an effect that a view showed stays in the private chat, and can change there later. */
  keep(result: DrawnAnswer, turn: Turn): Promise<void>;
  /** A line of `locales/` in the private chat. */
  say(key: string, turn: Turn): Promise<void>;
  /** A form that no trigger opens any more: a message with one button. */
  offer(answer: Answer, turn: Turn): Promise<void>;
  /** A line of `locales/` that only this person sees. */
  tell(key: string, turn: Turn): Promise<void>;
}

interface MessagesDeps {
  readonly calls: SlackCalls;
  readonly waiting: Waiting;
  readonly contents: Contents;
  readonly words: DoorWords;
  readonly log: Log;
}

export function createMessages({ calls, waiting, contents, words, log }: MessagesDeps): Messages {
  const noteDelivered = async (answer: Answer, { channel, ts }: Posted): Promise<void> => {
    try {
      await answer.delivered({ conversation: `slack:${channel}`, message: ts });
    } catch (error) {
      log.warn(logged(error), 'Where a card stands was not kept: it will not change by itself.');
    }
  };

  const tell: Messages['tell'] = async (key, { incoming, command, place }) => {
    const text = words.t(command.locale, key);
    const whisper = () => calls.tell(place.channel, incoming.sender.user, text, begunThread(incoming, place));
    try {
      const url = incoming.responseUrl;
      if (url === null) await whisper();
      else await calls.respond(url, text).catch(whisper);
    } catch (error) {
      log.warn(logged(error), 'A line could not be shown.');
    }
  };

  const toPrivate = async (
    content: MessageContent,
    turn: Turn,
    delivered?: WaitingMessage['delivered'],
  ): Promise<boolean> => {
    const to = { user: turn.incoming.sender.user };
    try {
      await waiting.send({ to, content, ...(delivered ? { delivered } : {}) });
      return true;
    } catch (error) {
      log.warn(logged(error), 'The private chat of an operator cannot be reached.');
      return false;
    }
  };

  const carryPrivately = async (answer: Answer, content: MessageContent, turn: Turn): Promise<void> => {
    const reached = await toPrivate(content, turn, (posted) => noteDelivered(answer, posted));
    await tell(reached ? 'chat.answered-in-private' : 'slack.private-unreachable', turn);
  };

  /** Where the bot is no member it cannot post: then it is the private chat. */
  const carryBelow = async (answer: Answer, content: MessageContent, turn: Turn): Promise<void> => {
    const { channel, thread, conversation } = turn.place;
    const to = { channel, ...(thread === null ? {} : { thread }) };
    try {
      if (turn.foreseen.effect) {
        await waiting.send({ to, content, delivered: (posted) => noteDelivered(answer, posted) });
      } else await noteDelivered(answer, await calls.post(channel, content, thread ?? undefined));
    } catch (error) {
      if (!isGone(error) || conversation.kind === 'personal') throw error;
      await carryPrivately(answer, content, turn);
    }
  };

  const carryHere = async (
    answer: Answer,
    content: MessageContent,
    turn: Turn,
    address: Posted,
  ): Promise<void> => {
    try {
      await calls.update(address, content);
      await noteDelivered(answer, address);
    } catch (error) {
      log.warn(logged(error), 'A pressed card could not be changed: the answer stands below.');
      await carryBelow(answer, content, turn);
    }
  };

  return {
    tell,
    async carry({ answer, drawn }, turn) {
      const content = contents.ofDrawn(answer.card.name, drawn, answer.locale);
      const { place, incoming } = turn;
      const pressed = incoming.what.kind === 'press' ? incoming.what.message : null;
      if (answer.audience === 'operator' && place.conversation.kind !== 'personal')
        return carryPrivately(answer, content, turn);
      if (answer.place === 'here' && pressed !== null)
        return carryHere(answer, content, turn, { channel: place.channel, ts: pressed });
      return carryBelow(answer, content, turn);
    },
    async keep({ answer, drawn }, turn) {
      const content = contents.ofDrawn(answer.card.name, drawn, answer.locale);
      await toPrivate(content, turn, (posted) => noteDelivered(answer, posted));
    },
    async say(key, turn) {
      const { locale } = turn.command;
      const body = [{ type: 'TextBlock', text: words.t(locale, key) }];
      await toPrivate(contents.ofDrawn(key, { body }, locale), turn);
    },
    async offer(answer, turn) {
      const { command, foreseen, place } = turn;
      const form = contents.ofForm(answer.card, answer.locale);
      if (form && place.conversation.kind !== 'personal') return carryPrivately(answer, form, turn);
      if (form) return carryBelow(answer, form, turn);
      const content = contents.opener(foreseen.verb || 'help.open', askedAgain(command), command.locale);
      // What stands behind a slash is seen by its sender alone, and would stand in the button for all.
      const isSecret = place.conversation.kind !== 'personal' && turn.incoming.what.kind === 'slash';
      if (content && !isSecret) await carryBelow(answer, content, turn);
      else await tell('slack.too-late', turn);
    },
  };
}

/** What the button of an opener carries, so that it asks for the same again. */
function askedAgain({ input }: Turn['command']): object {
  if (input.kind === 'typed') return { [typedMark]: input.text };
  return input.kind === 'pressed' && isRecord(input.data) ? input.data : {};
}

/** In a thread that nobody has answered in, Slack shows no line that one person alone is to see. */
function begunThread({ what }: Incoming, { thread }: Place): string | undefined {
  return what.kind === 'said' && what.where.isNewThread ? undefined : (thread ?? undefined);
}

function isGone(error: unknown): boolean {
  return error instanceof SlackCallFailed && error.kind === 'gone';
}

import type { TurnContext } from 'botbuilder';
import type { Log } from '../../ports/log';
import type { Command, Dispatch } from '../door';
import type { Incoming } from './activity';
import type { CarryAnswer } from './answer';
import { logged } from './errors';
import type { FilesOf } from './files';
import {
  conversationId,
  parseConversation,
  parseInput,
  parseLocale,
  parseOperator,
  parsePrefix,
} from './parse';
import type { Remembered } from './remembered';
import { type DoorWords, renderLine, renderPressedNotice, type TurnAnswer } from './render';
import { send } from './send';
import { createTimeZones } from '../time-zones';

/** What one activity leads to. Never throws. */
export type RunTurn = (context: TurnContext, incoming: Incoming) => Promise<TurnAnswer>;

interface TurnDeps {
  readonly dispatch: Dispatch;
  readonly carryAnswer: CarryAnswer;
  readonly remembered: Remembered;
  readonly filesOf: FilesOf;
  readonly words: DoorWords;
  readonly log: Log;
}

const done: TurnAnswer = { status: 200 };

export function createRunTurn(deps: TurnDeps): RunTurn {
  const { dispatch, carryAnswer, remembered, filesOf, words, log } = deps;
  const isTimeZone = createTimeZones();

  const remembering = (work: Promise<void>): Promise<void> =>
    work.catch((error: unknown) => log.warn(logged(error), 'A conversation was not remembered.'));

  const tell = async (context: TurnContext, incoming: Incoming, key: string): Promise<TurnAnswer> => {
    const line = words.t(parseLocale(incoming, isTimeZone), key);
    if (incoming.type === 'invoke') return renderPressedNotice(line);
    await send(context, renderLine(line)).catch((error: unknown) =>
      log.warn(logged(error), 'A line could not be sent.'),
    );
    return done;
  };

  const runCommand = async (
    context: TurnContext,
    incoming: Incoming,
    input: Command['input'],
  ): Promise<TurnAnswer> => {
    const operator = parseOperator(incoming);
    if (!operator) {
      log.warn({ door: 'teams' }, 'Somebody without an aadObjectId was refused.');
      return tell(context, incoming, 'chat.unknown-person');
    }
    const command: Command = {
      door: 'teams',
      operator,
      operatorName: incoming.from.name ?? null,
      conversation: parseConversation(incoming),
      locale: parseLocale(incoming, isTimeZone),
      prefix: parsePrefix(incoming),
      input,
    };
    try {
      return await carryAnswer(await dispatch(command), { context, incoming, operator, command });
    } catch (error) {
      log.error(logged(error), 'An answer could not be delivered.');
      return tell(context, incoming, 'chat.not-delivered');
    }
  };

  const runEach = async (
    context: TurnContext,
    incoming: Incoming,
    inputs: readonly Command['input'][],
  ): Promise<TurnAnswer> => {
    let answer = done;
    for (const input of inputs) answer = await runCommand(context, incoming, input);
    return answer;
  };

  /** The conversation is noted meanwhile: a slow database delays an answer once, not twice. */
  const runInput = async (context: TurnContext, incoming: Incoming): Promise<TurnAnswer> => {
    const input = parseInput(incoming);
    if (!input) return { status: 400 };
    if (incoming.from.id === incoming.recipient.id) return done;
    const noted = remembering(remembered.note(incoming));
    const answer = await runEach(context, incoming, withFiles(input, filesOf(incoming)));
    await noted;
    return answer;
  };

  /** Greets here alone: Teams also sends a conversationUpdate for the same installation. */
  const runInstallation = async (context: TurnContext, incoming: Incoming): Promise<TurnAnswer> => {
    if (incoming.action === 'remove') {
      await remembering(remembered.forget(conversationId(incoming.conversation.id)));
      return done;
    }
    const noted = remembering(remembered.install(incoming));
    const greets = incoming.action === 'add' && parseConversation(incoming).kind === 'personal';
    if (greets && parseOperator(incoming))
      await runCommand(context, incoming, { kind: 'typed', text: 'rollcall' });
    await noted;
    return done;
  };

  const runMembership = async (incoming: Incoming): Promise<TurnAnswer> => {
    const gone = goneConversation(incoming);
    await remembering(gone === null ? remembered.note(incoming) : remembered.forget(conversationId(gone)));
    return done;
  };

  return async (context, incoming) => {
    switch (incoming.type) {
      case 'message':
      case 'invoke':
        return runInput(context, incoming);
      case 'installationUpdate':
        return runInstallation(context, incoming);
      case 'conversationUpdate':
        return runMembership(incoming);
      default:
        return done;
    }
  };
}

/** What was written beside files is about them: it is no command. */
function withFiles(input: Command['input'], files: ReturnType<FilesOf>): readonly Command['input'][] {
  const isPlain = input.kind === 'typed' && files.length > 0;
  return isPlain ? files.map((file) => ({ kind: 'file', file })) : [input];
}

function goneConversation({ membersRemoved, recipient, conversation, channelData }: Incoming): string | null {
  if (membersRemoved?.some(({ id }) => id === recipient.id)) return conversation.id;
  return channelData?.eventType === 'channelDeleted' ? (channelData.channel?.id ?? null) : null;
}

import type {
  Activity,
  CloudAdapter,
  ConversationParameters,
  ConversationReference,
  TurnContext,
} from 'botbuilder';
import type { CardAddress } from '../../ports/chat';
import { calling, TeamsCallFailed } from './errors';
import { conversationId } from './parse';

/** A new message in the conversation at turn, in a channel in its thread. Throws `TeamsCallFailed`. */
export async function send(context: TurnContext, message: Partial<Activity>): Promise<CardAddress> {
  const sent = await calling(() => context.sendActivity(message));
  return { conversation: conversationId(context.activity.conversation.id), message: sent?.id ?? '' };
}

/** Shows another message in the place of one. Throws `TeamsCallFailed`. */
export async function replace(context: TurnContext, id: string, message: Partial<Activity>): Promise<void> {
  await calling(() => context.updateActivity({ ...message, id }));
}

type Act<T> = (context: TurnContext) => Promise<T>;

/** Opens a turn of the bot's own. Both throw `TeamsCallFailed`. */
export interface OwnTurns {
  continue<T>(reference: Partial<ConversationReference>, act: Act<T>): Promise<T>;
  /** In a new conversation, reached the way `from` was. */
  create<T>(from: TurnContext, parameters: ConversationParameters, act: Act<T>): Promise<T>;
}

export function createOwnTurns(adapter: CloudAdapter, appId: string): OwnTurns {
  return {
    continue: (reference, act) =>
      resultOf(act, (logic) => adapter.continueConversationAsync(appId, reference, logic)),
    create(from, parameters, act) {
      const { channelId, serviceUrl } = from.activity;
      const audience = from.turnState.get<string>(adapter.OAuthScopeKey);
      return resultOf(act, (logic) =>
        adapter.createConversationAsync(appId, channelId, serviceUrl, audience, parameters, logic),
      );
    },
  };
}

/** The SDK runs the logic and answers nothing: keeps what the logic gave. */
async function resultOf<T>(act: Act<T>, run: (logic: Act<void>) => Promise<void>): Promise<T> {
  const results: T[] = [];
  await calling(() =>
    run(async (context) => {
      results.push(await act(context));
    }),
  );
  const [result] = results;
  if (result === undefined) throw new TeamsCallFailed('failed', undefined, 'TurnDidNotRun');
  return result;
}

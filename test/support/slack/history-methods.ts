import { type Args, Refused } from './api-answer';
import { describeMessage, type Methods } from './chat-methods';
import type { SlackMessage, Workspace } from './workspace';

/** Of what the app may read back: private chats with people alone, for it has im:history and no other. */
function readable(workspace: Workspace, args: Args): readonly SlackMessage[] {
  const id = args.needed('channel');
  const channel = workspace.channels.get(id);
  if (!channel) throw new Refused('channel_not_found');
  if (channel.kind !== 'im') throw new Refused('missing_scope', { needed: 'channels:history' });
  return workspace.messages.filter((one) => one.channel === id && one.onlyFor === null);
}

function limitOf({ all }: Args, most: number): number {
  const limit = Number(all.limit ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > most) throw new Refused('invalid_limit');
  return limit;
}

/** What was said before: of a chat the latest first and without its threads, of a thread the oldest first. */
export function createHistoryMethods(workspace: Workspace): Methods {
  return {
    'conversations.history'(args) {
      const said = readable(workspace, args).filter(({ thread }) => thread === null);
      const limit = limitOf(args, 999);
      const messages = said
        .toReversed()
        .slice(0, limit)
        .map((one) => describeMessage(workspace, one));
      return { messages, has_more: said.length > limit };
    },

    'conversations.replies'(args) {
      const ts = args.needed('ts');
      const said = readable(workspace, args).filter((one) => one.ts === ts || one.thread === ts);
      if (said.length === 0) throw new Refused('thread_not_found');
      const limit = limitOf(args, 1_000);
      const messages = said.slice(0, limit).map((one) => describeMessage(workspace, one));
      return { messages, has_more: said.length > limit };
    },
  };
}

import type { Conversation } from '../../ports/chat';
import type { SlackCalls } from './calls';
import type { Happening, Where } from './envelope';
import { SlackCallFailed } from './failure';
import { readMetadata } from './metadata';

/** The conversation that something was done in, and where in it an answer belongs. */
export interface Place {
  readonly conversation: Conversation;
  readonly channel: string;
  readonly thread: string | null;
}

export type FindPlace = (what: Happening, user: string) => Promise<Place>;

/** Throws `SlackCallFailed` where it is the private chat and Slack does not say which that is. */
export function createFindPlace(calls: Pick<SlackCalls, 'privateChannel'>): FindPlace {
  const privateChat = async (user: string): Promise<Place> =>
    placeOf({ channel: await calls.privateChannel(user), channelName: '', thread: null }, 'personal');

  /** A command can be typed in the private chat of two other people: nothing personal is posted there. */
  const whereTyped = async (where: Where, user: string): Promise<Place> => {
    if (!where.channel.startsWith('D')) return placeOf(where, kindOf(where));
    const own = await calls.privateChannel(user).catch((error: unknown) => {
      if (error instanceof SlackCallFailed) return null;
      throw error;
    });
    return placeOf(where, own === where.channel ? 'personal' : 'group');
  };

  return async (what, user) => {
    switch (what.kind) {
      case 'slash':
        return whereTyped(what.where, user);
      case 'said':
      case 'files':
        return placeOf(what.where, what.isPrivate ? 'personal' : kindOf(what.where));
      case 'press':
        return placeOf(what.where, what.where.channel.startsWith('D') ? 'personal' : kindOf(what.where));
      case 'shortcut':
        return what.where ? whereTyped(what.where, user) : privateChat(user);
      case 'home-opened':
        return privateChat(user);
      case 'press-in-view':
      case 'submission': {
        const known = readMetadata(what.view.private_metadata)?.origin;
        return known ? placeOf({ ...known, channelName: '' }, known.kind) : privateChat(user);
      }
    }
  };
}

function placeOf({ channel, thread }: Where, kind: Conversation['kind']): Place {
  return { conversation: { id: `slack:${channel}`, kind }, channel, thread };
}

function kindOf({ channel, channelName }: Where): Conversation['kind'] {
  const isGroup = channel.startsWith('G') || /^(?:mpdm-|mpim$|group$|privategroup$)/.test(channelName);
  return isGroup ? 'group' : 'channel';
}

import { randomUUID } from 'node:crypto';
import type { KnownBlock } from '@slack/types';
import type { Log } from '../../ports/log';
import type { Ask } from './ask';
import { logged, SlackCallFailed } from './failure';
import { type Posted, readMessages, readPosted } from './results';
import { isLater, type Patiently } from './retry';

export interface MessageContent {
  readonly blocks: readonly KnownBlock[];
  /** What a notification shows: no names, no links. */
  readonly text: string;
}

interface PostDeps {
  readonly ask: Ask;
  readonly patiently: Patiently;
  readonly postMs: number;
  readonly log: Log;
}

interface Manner {
  readonly thread?: string | undefined;
  readonly name?: string | undefined;
  readonly passes?: (failure: SlackCallFailed) => boolean;
}

const mostInMind = 1_000;

export function createPost({ ask, patiently, postMs, log }: PostDeps) {
  /** Marks of messages of which nobody knows whether they stand in the chat. */
  const uncertain = new Set<string>();

  const keepInMind = (mark: string): void => {
    uncertain.add(mark);
    const [oldest] = uncertain;
    if (uncertain.size > mostInMind && oldest !== undefined) uncertain.delete(oldest);
  };

  /**
   * Reading a private chat needs the scope im:history, which the app has for what people write to it. Where it cannot
   * be read, the message is rather posted twice than never.
   */
  const find = async (channel: string, mark: string, thread?: string): Promise<Posted | null> => {
    const [method, where] = thread
      ? (['conversations.replies', { ts: thread, limit: 1_000 }] as const)
      : (['conversations.history', { limit: 100 }] as const);
    try {
      const result = await ask(method, { channel, ...where });
      const found = readMessages(method, result).find(({ blockIds }) => blockIds.includes(mark));
      return found ? { channel, ts: found.ts } : null;
    } catch (error) {
      if (error instanceof SlackCallFailed && error.kind === 'later') throw error;
      log.warn(logged(error), 'A private chat cannot be read: a message may stand there twice.');
      return null;
    }
  };

  const postOnce = async (message: Record<string, unknown>, mark: string): Promise<Posted> => {
    try {
      return readPosted('chat.postMessage', await ask('chat.postMessage', message));
    } catch (error) {
      if (error instanceof SlackCallFailed && error.mayHaveHappened) keepInMind(mark);
      throw error;
    }
  };

  const post = async (
    channel: string,
    { blocks, text }: MessageContent,
    { thread, name = randomUUID(), passes = isLater }: Manner,
  ): Promise<Posted> => {
    const mark = `once-${name}`;
    const message = {
      ...{ channel, text, blocks: marked(blocks, mark), unfurl_links: false, unfurl_media: false },
      ...(thread ? { thread_ts: thread } : {}),
    };
    const attempt = async (): Promise<Posted> => {
      const standing = uncertain.has(mark) && isPrivate(channel) && (await find(channel, mark, thread));
      return standing || postOnce(message, mark);
    };
    const posted = await patiently(postMs, attempt, passes);
    uncertain.delete(mark);
    return posted;
  };

  return {
    post: (channel: string, content: MessageContent, thread?: string, name?: string): Promise<Posted> =>
      post(channel, content, { thread, name }),
    announce: (channel: string, content: MessageContent): Promise<Posted> =>
      post(channel, content, {
        passes: (failure) => isLater(failure) && (isPrivate(channel) || !failure.mayHaveHappened),
      }),
  };
}

function isPrivate(channel: string): boolean {
  return channel.startsWith('D');
}

/** The mark is the id of a block that needs none of its own; it comes back when the chat is read. */
function marked(blocks: readonly KnownBlock[], mark: string): readonly KnownBlock[] {
  const free = blocks.findIndex((block) => block.block_id === undefined);
  return blocks.map((block, index) => (index === free ? { ...block, block_id: mark } : block));
}

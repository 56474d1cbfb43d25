import { randomUUID } from 'node:crypto';
import type { Log } from '../../ports/log';
import { inTime } from '../in-time';
import type { MessageContent, Posted, SlackCalls } from './calls';
import { isOurToken, logged, SlackCallFailed } from './failure';
import { waited } from './retry';

export interface WaitingMessage {
  /** To the private chat of a person, or into a channel. */
  readonly to: { readonly user: string } | { readonly channel: string; readonly thread?: string };
  readonly content: MessageContent;
  /** Called once, when the message stands in the chat. */
  delivered?(posted: Posted): Promise<void>;
}

/** Messages that must not be lost, such as hand-overs: what Slack does not take waits until it answers again. */
export interface Waiting {
  /**
   * Sends it now: where it stands then, or null while it waits. Throws `SlackCallFailed` where waiting would be no
   * use. What waits is kept by the process alone.
   */
  send(message: WaitingMessage): Promise<Posted | null>;
  /** Within a second, whatever Slack does; the log says how much was still waiting. */
  close(): Promise<void>;
}

interface WaitingDeps {
  readonly calls: Pick<SlackCalls, 'post' | 'privateChannel'>;
  readonly log: Log;
  readonly firstWaitMs?: number;
}

interface Kept {
  readonly message: WaitingMessage;
  /** One message whatever happens: a late delivery is found by it. */
  readonly mark: string;
}

const longestWaitMs = 60_000;
const mostKept = 1_000;
const closeWithin = 1_000;

export function createWaiting({ calls, log, firstWaitMs = 5_000 }: WaitingDeps): Waiting {
  const kept: Kept[] = [];
  const ending = new AbortController();
  let working: Promise<void> | null = null;

  const post = async ({ message: { to, content, delivered }, mark }: Kept): Promise<Posted> => {
    const channel = 'user' in to ? await calls.privateChannel(to.user) : to.channel;
    const thread = 'user' in to ? undefined : to.thread;
    const posted = await calls.post(channel, content, thread, mark);
    await delivered?.(posted).catch((error: unknown) =>
      log.warn(logged(error), 'Where a card stands was not kept: it will not change by itself.'),
    );
    return posted;
  };

  /** In the order in which they came; the first that Slack does not take stops the others. */
  const sendKept = async (): Promise<void> => {
    for (let next = kept[0]; next && !ending.signal.aborted; next = kept[0]) {
      try {
        await post(next);
      } catch (error) {
        if (isPassing(error)) return;
        log.error(logged(error), 'A message that waited for Slack cannot be delivered any more.');
      }
      kept.shift();
    }
  };

  const work = async (): Promise<void> => {
    for (
      let wait = firstWaitMs;
      await waited(wait, ending.signal);
      wait = Math.min(wait * 2, longestWaitMs)
    ) {
      await sendKept();
      if (kept.length > 0) continue;
      working = null;
      log.info({}, 'Slack answers again: all that waited was sent.');
      return;
    }
  };

  const keep = (one: Kept): void => {
    kept.push(one);
    // The first may be on its way at this moment.
    if (kept.length > mostKept && kept.splice(1, 1).length > 0)
      log.error({ waiting: kept.length }, 'Too many messages wait for Slack: an old one was dropped.');
    working ??= work();
  };

  return {
    async send(message) {
      const one = { message, mark: randomUUID() };
      try {
        return await post(one);
      } catch (error) {
        if (!isPassing(error) || ending.signal.aborted) throw error;
        log.warn(logged(error), 'Slack did not take a message: it is sent when Slack answers again.');
        keep(one);
        return null;
      }
    },
    async close() {
      ending.abort();
      // The process has promised to be gone soon: an answer of Slack that hangs does not keep it.
      await inTime(working ?? Promise.resolve(), closeWithin, () => new Error('Slack is slow.')).catch(
        () => undefined,
      );
      if (kept.length > 0)
        log.error({ waiting: kept.length }, 'Messages were still waiting for Slack, and are lost.');
    },
  };
}

/** A token can be given back; what is gone, or not understood, stays so. */
function isPassing(error: unknown): boolean {
  return (error instanceof SlackCallFailed && error.kind === 'later') || isOurToken(error);
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Message, Transcript } from './transcript';

const heartbeatMs = 15_000;
const retryMs = 1_500;

/** Server-sent events of one conversation: what is new and what has changed. */
export interface EventStreams {
  /**
   * `after` is the cursor of what the page has already. A cursor of another process or of a message that is
   * forgotten starts over with `reset` and the whole conversation.
   */
  open(request: IncomingMessage, response: ServerResponse, transcript: Transcript, after: string): void;
  /** What a page that holds all of `transcript` gives as `after`. */
  cursor(transcript: Transcript): string;
  close(): void;
}

export function createEventStreams(epoch: string): EventStreams {
  const open = new Set<ServerResponse>();
  const idOf = (revision: number): string => `${epoch}.${revision}`;
  const cursor = (transcript: Transcript): string =>
    idOf(Math.max(0, ...transcript.messages().map((message) => message.revision)));

  const resume = (response: ServerResponse, transcript: Transcript, after: string): void => {
    const [from, seen] = after.split('.');
    const messages = transcript.messages();
    if (from !== epoch) {
      send(response, 'reset', cursor(transcript), messages);
      return;
    }
    const missed = messages.filter((message) => message.revision > Number(seen));
    for (const message of missed.sort(byRevision)) send(response, 'message', idOf(message.revision), message);
  };

  return {
    cursor,
    open(request, response, transcript, after) {
      response.writeHead(200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'X-Accel-Buffering': 'no',
      });
      response.write(`retry: ${retryMs}\n\n`);
      resume(response, transcript, after);
      const stop = transcript.listen((message) => send(response, 'message', idOf(message.revision), message));
      const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
      open.add(response);
      response.on('close', () => {
        stop();
        clearInterval(heartbeat);
        open.delete(response);
      });
    },
    close() {
      for (const response of open) response.end();
    },
  };
}

function byRevision(one: Message, other: Message): number {
  return one.revision - other.revision;
}

function send(response: ServerResponse, event: string, id: string, data: unknown): void {
  response.write(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

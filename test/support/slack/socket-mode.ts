import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isJson, type Json, parseJson, textAt } from './json';
import { acceptWebSocket, type WebSocketEnd } from './web-socket';

export type EnvelopeType = 'slash_commands' | 'interactive' | 'events_api';

/** The app's connections by Socket Mode. */
export interface SocketMode {
  /** How many connections are open. */
  readonly connections: number;
  /** Sends to one open connection and waits for the acknowledgement and what it carries; null without one in time. */
  deliver(type: EnvelopeType, payload: Json, within: number, retries?: Json): Promise<Json | null>;
  /** Ends all connections, as Slack does now and then, or without a word. */
  disconnect(reason?: 'refresh_requested' | 'warning'): void;
  /** An address for one connection. */
  ticket(): string;
  servedAt(port: number): void;
  upgrade(request: IncomingMessage, socket: Duplex): void;
  close(): void;
}

export function createSocketMode(): SocketMode {
  const open: WebSocketEnd[] = [];
  const tickets = new Set<string>();
  const waiting = new Map<string, (payload: Json) => void>();
  let address = '';

  const closeAll = (): void => {
    for (const end of open.splice(0)) end.close();
  };

  const acknowledged = (text: string): void => {
    const message = parseJson(text);
    if (!isJson(message)) return;
    waiting.get(textAt(message, 'envelope_id'))?.(isJson(message.payload) ? message.payload : {});
  };

  return {
    get connections() {
      return open.length;
    },
    deliver(type, payload, within, retries = {}) {
      const [end] = open;
      if (!end) return Promise.resolve(null);
      const id = randomUUID();
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(null), within);
        waiting.set(id, (answer) => {
          clearTimeout(timer);
          resolve(answer);
        });
        const accepts = type !== 'events_api';
        end.send(
          JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: accepts, ...retries }),
        );
      });
    },
    disconnect(reason) {
      if (reason)
        for (const end of open) end.send(JSON.stringify({ type: 'disconnect', reason, debug_info: {} }));
      if (reason !== 'warning') closeAll();
    },
    ticket() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${address}?ticket=${ticket}`;
    },
    servedAt: (port) => void (address = `ws://127.0.0.1:${port}/link/`),
    upgrade(request, socket) {
      const ticket = new URL(request.url ?? '', 'ws://127.0.0.1').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      const end = acceptWebSocket(request, socket, {
        message: acknowledged,
        closed() {
          if (end && open.includes(end)) open.splice(open.indexOf(end), 1);
        },
      });
      if (!end) return void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
      open.push(end);
      end.send(JSON.stringify({ type: 'hello', num_connections: open.length, debug_info: {} }));
    },
    close: closeAll,
  };
}

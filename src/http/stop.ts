import type { Server, ServerResponse } from 'node:http';

/** Milliseconds that running requests are waited for. */
const patience = 5_000;

const isStream = (response: ServerResponse) =>
  String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');

/** Ends a server without cutting off an answer. Asked before the server takes its first request. */
export function createStop(server: Server): () => Promise<void> {
  const open = new Set<ServerResponse>();
  server.prependListener('request', (_, response: ServerResponse) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    if (!server.listening) response.setHeader('Connection', 'close');
  });

  const dismiss = (response: ServerResponse): void => {
    if (!response.headersSent) response.setHeader('Connection', 'close');
    else if (isStream(response)) response.end();
  };

  return async () => {
    if (!server.listening) return;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    open.forEach(dismiss);
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const cut = setTimeout(() => server.closeAllConnections(), patience);
    await closed;
    clearInterval(sweep);
    clearTimeout(cut);
  };
}

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Where bots send their replies: takes everything, and says at once that it stands. */
export interface Connector {
  readonly serviceUrl: string;
  readonly received: () => number;
  /** The latest reply as it came. */
  readonly latest: () => string;
  close(): Promise<void>;
}

export async function startConnector(): Promise<Connector> {
  let received = 0;
  let latest: Buffer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received += 1;
      latest = chunks;
      response.writeHead(201, { 'content-type': 'application/json' }).end(`{"id":"${received}"}`);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received: () => received,
    latest: () => Buffer.concat(latest).toString('utf8'),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

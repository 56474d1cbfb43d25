import { createHttpServer, type HttpServer, type HttpServerDeps } from '../../src/http/server';
import { createWords } from '../../src/words/words';
import { realEntropy } from './entropy';
import { createHandOversInMemory, type HandOversInMemory } from './hand-overs-in-memory';
import { createRememberingLog, type RememberingLog } from './remembering-log';

export const testNow = new Date('2030-03-04T09:26:00Z');

export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly server: HttpServer;
  readonly handOvers: HandOversInMemory;
  readonly log: RememberingLog;
  /** The ids of the hand-overs that were told to be opened. */
  readonly opened: readonly string[];
}

/** The HTTP server on a free port of loopback, with links in memory and a clock that stands still. */
export async function startHttpServer(changes: Partial<HttpServerDeps> = {}): Promise<TestServer> {
  const handOvers = createHandOversInMemory(testNow);
  const log = createRememberingLog();
  const opened: string[] = [];
  const server = createHttpServer({
    doors: [],
    handOvers,
    files: { find: () => Promise.resolve(null) },
    words: createWords(),
    clock: { now: () => testNow },
    entropy: realEntropy,
    log,
    publicUrl: 'https://rollcall.example.com',
    opened: (id) => void opened.push(id),
    metrics: { expose: () => Promise.resolve({ contentType: 'text/plain', body: 'rollcall_turns_total 1' }) },
    metricsToken: null,
    isReady: () => Promise.resolve(true),
    host: '127.0.0.1',
    port: 0,
    ...changes,
  });
  const { port } = await server.listen();
  return { url: `http://127.0.0.1:${port}`, port, server, handOvers, log, opened };
}

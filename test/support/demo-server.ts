import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer, Command, Dispatch, Door } from '../../src/chat/door';
import { createDemoDoor } from '../../src/chat/demo/door';
import type { Card } from '../../src/ports/card';
import type { CardAddress } from '../../src/ports/chat';
import { createWords } from '../../src/words/words';
import { buildDemoPage } from './demo-page';
import { realEntropy } from './entropy';
import { createRememberingLog, type RememberingLog } from './remembering-log';

export interface DemoServer {
  readonly url: string;
  readonly port: number;
  readonly door: Door;
  readonly log: RememberingLog;
  /** Every command that reached the dispatcher. */
  readonly commands: readonly Command[];
  /** Where each answered card stands. */
  readonly delivered: readonly CardAddress[];
  close(): Promise<void>;
}

/** What the dispatcher of a test answers to a command. */
export type Script = (
  command: Command,
) => Pick<Answer, 'card' | 'place'> | Promise<Pick<Answer, 'card' | 'place'>>;

/** The demo's door on a port of its own, with a dispatcher that follows `script`. */
export async function startDemoServer(
  script: Script,
  renderCard: (card: Card, locale: { language: string }) => object,
): Promise<DemoServer> {
  const page = buildDemoPage();
  const log = createRememberingLog();
  const commands: Command[] = [];
  const delivered: CardAddress[] = [];
  const dispatch: Dispatch = async (command) => {
    commands.push(command);
    return {
      ...(await script(command)),
      locale: command.locale,
      audience: 'operator',
      delivered: (address) => {
        delivered.push(address);
        return Promise.resolve();
      },
    };
  };
  const door = createDemoDoor({
    dispatch,
    renderCard,
    words: createWords(),
    personas: [
      { id: 'web:alice', displayName: 'Alice Martin', role: 'admin_agent', language: 'en' },
      { id: 'web:benoit', displayName: 'Benoît Lefèvre', role: 'admin_agent', language: 'fr' },
      { id: 'web:hugo', displayName: 'Hugo Brandt', role: 'helpdesk_agent', language: 'en' },
    ],
    commands: ['rollcall', 'customers', 'add-user'],
    log,
    publicUrl: 'http://127.0.0.1:3978',
    clock: { now: () => new Date('2030-03-04T09:26:00Z') },
    entropy: realEntropy,
    pageFolder: page.folder,
  });
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    const onPath = door.routes.filter((route) => route.path === path);
    const route = onPath.find(({ method }) => method === request.method) ?? onPath[0];
    if (route) route.handle(request, response);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    door,
    log,
    commands,
    delivered,
    async close() {
      await door.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      page.remove();
    },
  };
}

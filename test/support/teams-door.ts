import { createServer } from 'node:http';
import type { Answer, Command, Door } from '../../src/chat/door';
import type { TeamsConfig } from '../../src/chat/teams/authentication';
import { createTeamsDoor } from '../../src/chat/teams/door';
import { createWords } from '../../src/words/words';
import { type AddressesInMemory, createAddressesInMemory } from './addresses-in-memory';
import { closeServer, type FakeConnector, listen, startFakeConnector } from './fake-connector';
import { createRememberingLog } from './remembering-log';

export interface TeamsTest {
  readonly door: Door;
  readonly url: string;
  readonly connector: FakeConnector;
  readonly addresses: AddressesInMemory;
  readonly log: { readonly lines: readonly string[] };
  readonly commands: readonly Command[];
  /** Where cards stood, as the door said. */
  readonly delivered: readonly object[];
  /** What the next commands are answered with. */
  answerWith(answer: Partial<Answer> | (() => Promise<never>)): void;
  /** Posts to /api/messages; the connector's address is filled in. */
  send(body: object | string, headers?: Record<string, string>): Promise<{ status: number; body: unknown }>;
  close(): Promise<void>;
}

const bearer = 'token-of-the-bot';

/** The door over real HTTP, between a fake connector and a fake dispatch; cards are shown as their name and data. */
export async function startTeamsTest(
  makeConfig: (bearer: string) => TeamsConfig,
  files: { readonly maxFileBytes?: number; readonly filePatience?: number } = {},
): Promise<TeamsTest> {
  const config = makeConfig(bearer);
  const connector = await startFakeConnector(config.kind === 'registered' ? { bearer } : {});
  const addresses = createAddressesInMemory();
  const log = createRememberingLog();
  const commands: Command[] = [];
  const delivered: object[] = [];
  let next: Partial<Answer> | (() => Promise<never>) = {};

  const door = createTeamsDoor({
    dispatch(command) {
      commands.push(command);
      if (typeof next === 'function') return next();
      return Promise.resolve({
        card: { name: 'answer', data: {} },
        locale: command.locale,
        audience: 'operator' as const,
        place: 'below' as const,
        delivered: (address: object) => Promise.resolve(void delivered.push(address)),
        ...next,
      });
    },
    renderCard: (card, locale) => ({ type: 'AdaptiveCard', name: card.name, language: locale.language }),
    words: createWords(),
    addresses,
    config,
    maxFileBytes: 1024 * 1024,
    ...files,
    log,
  });
  const server = createServer((request, response) => door.routes[0]!.handle(request, response));
  const url = `http://127.0.0.1:${await listen(server)}/api/messages`;

  return {
    door,
    url,
    connector,
    addresses,
    log,
    commands,
    delivered,
    answerWith: (answer) => void (next = answer),
    async send(body, headers = {}) {
      const sent =
        typeof body === 'string' ? body : JSON.stringify({ serviceUrl: connector.serviceUrl, ...body });
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: sent,
      });
      const text = await response.text();
      return { status: response.status, body: text ? (JSON.parse(text) as unknown) : null };
    },
    async close() {
      await door.close();
      await closeServer(server);
      await connector.close();
    },
  };
}

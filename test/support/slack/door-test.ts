import { createServer } from 'node:http';
import type { Answer, Command, Door } from '../../../src/chat/door';
import type { Foreseen } from '../../../src/chat/foresee';
import { createSlackDoor, type SlackDoorDeps } from '../../../src/chat/slack/door';
import type { CardAddress } from '../../../src/ports/chat';
import type { Deliveries } from '../../../src/ports/deliveries';
import { createWords } from '../../../src/words/words';
import { closeServer, listen } from '../fake-connector';
import { createRememberingLog } from '../remembering-log';
import { until } from '../until';
import { type FakeSlack, openFakeSlack } from './fake-slack';
import type { SlackPerson } from './person-contract';
import { createSlackPerson } from './slack-person';
import type { SlackUser } from './workspace';

export interface SlackDoorTest {
  readonly door: Door;
  readonly fake: FakeSlack;
  readonly eventsUrl: string;
  readonly log: { readonly lines: readonly string[] };
  /** What the door gave to the dispatcher. */
  readonly commands: readonly Command[];
  /** Where cards stood, as the door said. */
  readonly delivered: readonly CardAddress[];
  /** What commands are answered with from now on, and what they are foreseen to lead to. */
  answerWith(answer: TestAnswer, foreseen?: Partial<Foreseen>): void;
  person(user?: string | (Partial<SlackUser> & { readonly id: string })): SlackPerson;
  close(): Promise<void>;
}

type TestAnswer = Partial<Omit<Answer, 'card'>> & {
  /** An Adaptive Card as it is. */
  readonly card: object;
  /** Milliseconds until it is decided. */
  readonly after?: number;
};

interface Options {
  readonly connection?: 'http' | 'socket';
  readonly deliveries?: Deliveries;
  /** Resolves before Slack has said whose the token is. */
  readonly unready?: boolean;
  readonly fake?: FakeSlack;
  readonly againOf?: SlackDoorDeps['againOf'];
  readonly files?: Partial<Pick<SlackDoorDeps, 'maySendFiles' | 'maxFileBytes' | 'filePatience'>>;
}

/** The door alone, between the fake of Slack and a dispatcher that answers as it is told. */
export async function openSlackDoor({
  connection = 'http',
  deliveries = { claim: () => Promise.resolve(true) },
  unready = false,
  fake: given,
  againOf = () => null,
  files = {},
}: Options = {}): Promise<SlackDoorTest> {
  const fake = given ?? (await openFakeSlack());
  const log = createRememberingLog();
  const commands: Command[] = [];
  const delivered: CardAddress[] = [];
  let next: TestAnswer = { card: textCard('Hello') };
  let foreseen: Foreseen = { verb: 'test.verb', opens: 'message', effect: false };
  const { token: botToken, apiUrl, signingSecret, appToken } = fake;

  const door = createSlackDoor({
    async dispatch(command) {
      commands.push(command);
      const { card, after = 0, ...answer } = next;
      if (after > 0) await new Promise((resolve) => setTimeout(resolve, after));
      return {
        locale: command.locale,
        audience: 'operator' as const,
        place: 'here' as const,
        delivered: (address: CardAddress) => Promise.resolve(void delivered.push(address)),
        ...answer,
        card: { name: 'test', data: { json: JSON.stringify(card) } },
      };
    },
    foresee: () => foreseen,
    againOf,
    ...{ maySendFiles: () => Promise.resolve(true), maxFileBytes: 64 * 1024, ...files },
    renderCard: ({ data: { json } }) => JSON.parse(typeof json === 'string' ? json : '{}') as object,
    words: createWords(),
    deliveries,
    config: {
      ...{ botToken, apiUrl },
      connection: connection === 'http' ? { kind: 'http', signingSecret } : { kind: 'socket', appToken },
    },
    clock: { now: () => new Date() },
    log,
  });
  const server = createServer((request, response) => door.routes[0]?.handle(request, response));
  const eventsUrl = `http://127.0.0.1:${await listen(server)}/slack/events`;
  const isReady = () => log.lines.some((line) => line.startsWith('Slack is connected.'));
  if (!unready) await until(() => isReady() && (connection === 'http' || fake.socket.connections > 0));

  return {
    ...{ door, fake, eventsUrl, log, commands, delivered },
    answerWith(answer, expected = {}) {
      next = answer;
      foreseen = { verb: 'test.verb', opens: 'message', effect: false, ...expected };
    },
    person: (user = 'UADA') =>
      createSlackPerson(fake, { user, ...(connection === 'http' ? { eventsUrl } : {}) }),
    async close() {
      await door.close();
      await closeServer(server);
      await fake.close();
    },
  };
}

export function textCard(text: string, actions: readonly object[] = []): object {
  return { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text }], actions };
}

export function button(verb: string, title: string, data: object = {}): object {
  return { type: 'Action.Execute', verb, title, data, associatedInputs: 'none' };
}

interface FormOptions {
  readonly verb?: string;
  readonly values?: Readonly<Record<string, string>>;
  readonly faults?: Readonly<Record<string, string>>;
  readonly frozen?: object;
  readonly actions?: readonly object[];
}

/** A form with the fields `name` and `town`. */
export function formCard({
  verb = 'test.save',
  values = {},
  faults = {},
  frozen = { form: 'f1' },
  actions = [],
}: FormOptions = {}): object {
  const field = (id: string): object[] => [
    { type: 'Input.Text', id, label: `The ${id}`, value: values[id] ?? '' },
    ...(faults[id] ? [{ type: 'TextBlock', id: `fault.${id}`, text: faults[id] }] : []),
  ];
  return {
    type: 'AdaptiveCard',
    body: [{ type: 'TextBlock', text: 'A form' }, ...field('name'), ...field('town')],
    actions: [
      { type: 'Action.Execute', verb, title: 'Save', data: { frozen }, style: 'positive' },
      ...actions,
    ],
  };
}

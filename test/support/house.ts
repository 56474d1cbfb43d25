import type { Answer, Command } from '../../src/chat/door';
import { createHouse, type House } from '../../src/house';
import { createMetrics } from '../../src/telemetry/metrics';
import { realEntropy } from './entropy';
import { openTestDatabase, type TestDatabase } from './mongo';
import { createRememberingLog, type RememberingLog } from './remembering-log';
import { readCard, type RenderedCard } from './rendered-card';

export const admin = 'web:ada';

interface Options {
  readonly adminAgents?: readonly string[];
  readonly demo?: boolean;
  /** Of its own unless told. */
  readonly database?: TestDatabase;
  /** A mail server is configured. */
  readonly mail?: object;
}

export interface TestHouse {
  readonly house: House;
  readonly database: TestDatabase;
  readonly log: RememberingLog;
  readonly clock: { now(): Date; pass(milliseconds: number): void };
  /** A second process on the same database. */
  another(): Promise<House>;
  /** A chat of an operator with the bot, in a conversation of its own unless told. */
  chat(
    operator?: string,
    options?: Partial<Pick<Command, 'conversation' | 'locale'>> & { house?: House },
  ): Chat;
  rows(collection: string, filter?: object): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export interface Shown extends RenderedCard {
  readonly answer: Answer;
  readonly name: string;
}

export interface Chat {
  type(text: string): Promise<Shown>;
  /** Presses the button of a verb (or of a title), with what its card's inputs hold and `values` typed over it. */
  press(
    shown: RenderedCard & { readonly name: string },
    button: string,
    values?: Readonly<Record<string, string>>,
  ): Promise<Shown>;
  send(input: Command['input']): Promise<Shown>;
}

/** The whole house behind the doors, on a database of its own, with a clock that a test moves. */
export async function openTestHouse({
  adminAgents = [admin],
  demo = true,
  database: given,
  mail,
}: Options = {}): Promise<TestHouse> {
  const database = given ?? (await openTestDatabase());
  const log = createRememberingLog();
  let offset = 0;
  const clock = {
    now: () => new Date(Date.parse('2026-11-22T09:00:00Z') + offset),
    pass: (milliseconds: number) => void (offset += milliseconds),
  };
  const publicUrl = 'http://127.0.0.1:3978';
  const settings = { demo, publicUrl, adminAgents, importMaxBytes: 1024 * 1024, ...(mail ? { mail } : {}) };
  const open = () =>
    createHouse({ settings, database, metrics: createMetrics(), clock, entropy: realEntropy, log });
  const house = await open();

  return {
    house,
    database,
    log,
    clock,
    another: open,
    chat: (operator = admin, { house: own = house, ...options } = {}) => createChat(own, operator, options),
    rows: (collection, filter = {}) => database.connection.collection(collection).find(filter).toArray(),
    close: () => database.close(),
  };
}

/** `web:ada` is called Ada. */
function nameOf(operator: string): string {
  const name = operator.slice(operator.indexOf(':') + 1);
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function createChat(
  house: House,
  operator: string,
  {
    conversation,
    locale = { language: 'en', timeZone: 'UTC' },
  }: Partial<Pick<Command, 'conversation' | 'locale'>>,
): Chat {
  const here = conversation ?? { id: `demo:${operator}`, kind: 'personal' as const };
  const send: Chat['send'] = async (input) => {
    const answer = await house.dispatch({
      door: 'demo',
      operator,
      operatorName: nameOf(operator),
      conversation: here,
      locale,
      prefix: '',
      input,
    });
    const json = house.cards.render(answer.card, answer.locale);
    return { ...readCard(json), answer, name: answer.card.name };
  };
  return {
    send,
    type: (text) => send({ kind: 'typed', text }),
    press(shown, button, values = {}) {
      const found = shown.buttons.find(({ verb, title }) => verb === button || title === button);
      if (!found)
        throw new Error(
          `"${shown.name}" has no button "${button}": ${shown.buttons.map((one) => one.verb).join()}`,
        );
      const inputs = found.sendsInputs ? { ...shown.inputs, ...values } : values;
      return send({ kind: 'pressed', verb: found.verb, data: { ...found.data, ...inputs } });
    },
  };
}

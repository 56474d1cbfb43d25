import { createLiveUpdates } from '../../src/features/live-cards';
import type { House } from '../../src/house';
import { createSmtpMail } from '../../src/mail/smtp';
import type { Mail } from '../../src/ports/mail';
import type { Chats } from '../../src/ports/messenger';
import { openTestHouse, type Shown, type TestHouse } from './house';
import { startHttpServer } from './http-server';
import { readCard } from './rendered-card';
import { addUser } from './scenes';
import { startMailServer, type TestMailServer } from './smtp';

export const home = 'zoe@home.example';

export interface LetterScene {
  readonly world: TestHouse;
  readonly server: TestMailServer;
  readonly mail: Mail;
  /** What became of the message that shows the latest user's hand-over, in order. */
  readonly shownLater: string[];
  /** A test begins: nothing was sent or shown yet. */
  begin(): void;
  /** The latest user's. */
  upn(): string;
  /** A user with a hand-over card. */
  newcomer(): Promise<Shown>;
  /** The card after a letter was asked for, standing in the chat. */
  mailed(shown: Shown, values?: Readonly<Record<string, string>>): Promise<Shown>;
  /** Sends what is due of what operators wait for. */
  run(by?: Mail, house?: House): Promise<void>;
  /** Sends what is due of imports, in a process of its own. */
  runImports(by?: Mail, house?: House): Promise<void>;
  updateCards(): Promise<void>;
  /** What the page of a one-time link answers, looked at or opened. */
  page(token: string, method: 'GET' | 'POST'): Promise<{ readonly status: number; readonly text: string }>;
  /** Outcomes of the latest user's entries. */
  auditOf(action: string): Promise<unknown[]>;
  close(): Promise<void>;
}

const patience = { silence: 300, letter: 5_000, ending: 100 };

/** A house with a real mail server and the pages of one-time links. */
export async function openLetterScene(): Promise<LetterScene> {
  const server = await startMailServer();
  const world = await openTestHouse({ mail: {} });
  const { handOvers, words, liveKinds: kinds, liveCards, cards } = world.house;
  const { clock, log } = world;
  const http = await startHttpServer({ handOvers, words, clock });
  const mail = createSmtpMail({
    ...{ url: server.url, from: 'Rollcall <rollcall@partner.example>', words, patience },
  });
  const shownLater: string[] = [];
  let number = 0;
  const upn = () => `user${number}@contoso.example`;
  const messenger: Pick<Chats, 'update' | 'reaches'> = {
    reaches: () => true,
    update: ({ message }, card, locale) => {
      if (message === `m${number}`) shownLater.push(readCard(cards.render(card, locale)).text);
      return Promise.resolve('delivered');
    },
  };

  return {
    ...{ world, server, mail, shownLater, upn },
    begin() {
      server.forget();
      shownLater.length = 0;
    },
    newcomer() {
      number += 1;
      return addUser(world, { username: `user${number}` });
    },
    async mailed(shown, values = {}) {
      const chat = world.chat();
      const form = await chat.press(shown, 'hand-over.mail');
      const queued = await chat.press(form, 'hand-over.mail', { email: home, ...values });
      await queued.answer.delivered({ conversation: 'demo:x', message: `m${number}` });
      return queued;
    },
    run: (by = mail, house = world.house) =>
      house.createLetterWorker(by).runDue(new AbortController().signal),
    runImports: (by = mail, house = world.house) =>
      house.createLetterWorker(by).runDueOfImports(new AbortController().signal),
    updateCards: () => createLiveUpdates({ kinds, liveCards, messenger, clock, log }).updateDue(),
    async page(token, method) {
      const response = await fetch(`${http.url}/s/${token}`, { method });
      return { status: response.status, text: await response.text() };
    },
    auditOf: async (action) =>
      (await world.rows('audit', { action, target: upn() })).map(({ outcome }) => outcome),
    async close() {
      await Promise.all([server.close(), http.server.close()]);
      await world.close();
    },
  };
}

export function passwordIn(page: string): string {
  return /data-field="password">([^<]+)</.exec(page)?.[1] ?? '';
}

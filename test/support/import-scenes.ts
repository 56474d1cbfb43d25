import { createLiveUpdates } from '../../src/features/live-cards';
import type { House } from '../../src/house';
import type { Card } from '../../src/ports/card';
import type { CardAddress, Locale } from '../../src/ports/chat';
import type { IncomingFile } from '../../src/ports/incoming-file';
import type { Chats } from '../../src/ports/messenger';
import { admin, openTestHouse, type Chat, type Shown, type TestHouse } from './house';
import { readCard, type RenderedCard } from './rendered-card';
import { atContoso } from './scenes';

/** A message of the chat as it stands. */
export type Standing = RenderedCard & { readonly name: string };

export interface ImportScene {
  /** Sends a file as text in UTF-8, or as bytes. */
  send(chat: Chat, content: string | Buffer, name?: string): Promise<Shown>;
  /** The answer comes to stand in the chat. */
  stand(shown: Shown, message?: string): Promise<void>;
  /** Runs what is due, and shows it. */
  run(): Promise<void>;
  /** Presses Import on a dry run, and runs it to its end; what stands in the chat by then. */
  imported(
    chat: Chat,
    checked: Shown,
    values?: Readonly<Record<string, string>>,
    message?: string,
  ): Promise<Standing>;
  /** Looks at the cards that are due. */
  look(): Promise<void>;
  /** Somebody deletes a message of the chat. */
  remove(message?: string): void;
  /** What stands in the chat in place of a card by now. */
  standing(message?: string): Standing;
}

/** Imports in a house, with a chat that takes every update of a message. */
export function openImportScene(world: TestHouse, house: House = world.house): ImportScene {
  const messages = new Map<string, Standing>();
  const removed = new Set<string>();
  const show = (message: string, card: Card, locale: Locale): void =>
    void messages.set(message, { ...readCard(house.cards.render(card, locale)), name: card.name });
  const messenger: Chats = {
    reaches: () => true,
    update: ({ message }: CardAddress, card, locale) => {
      if (removed.has(message)) return Promise.resolve('gone');
      show(message, card, locale);
      return Promise.resolve('delivered');
    },
    post: (conversation, card, locale) => {
      const message = `posted ${card.name}`;
      show(message, card, locale);
      return Promise.resolve({ conversation, message });
    },
  };
  const { liveKinds, liveCards, importing } = house;
  const live = createLiveUpdates({
    ...{ kinds: liveKinds, liveCards, messenger, clock: world.clock, log: world.log },
  });
  const worker = importing.createWorker(messenger);

  const scene: ImportScene = {
    send: (chat, content, name = 'users.csv') => chat.send({ kind: 'file', file: fileOf(content, name) }),
    stand: (shown, message = 'm1') => shown.answer.delivered({ conversation: `demo:${admin}`, message }),
    async imported(chat, checked, values = {}, message = 'm1') {
      await scene.stand(await chat.press(checked, 'import.start', values), message);
      await scene.run();
      return scene.standing(message);
    },
    run: () => worker.runDue(new AbortController().signal),
    look: () => live.updateDue(),
    remove: (message = 'm1') => void removed.add(message),
    standing(message = 'm1') {
      const shown = messages.get(message);
      if (!shown) throw new Error(`Nothing was shown in ${message}.`);
      return shown;
    },
  };
  return scene;
}

/** A house of its own with imports, and a chat that has picked its customer. */
export async function openImportChat() {
  const world = await openTestHouse();
  return { world, scene: openImportScene(world), chat: await atContoso(world) };
}

function fileOf(content: string | Buffer, name = 'users.csv'): IncomingFile {
  const bytes = Buffer.from(content);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    yield bytes.subarray(0, 20);
    await Promise.resolve();
    yield bytes.subarray(20);
  }
  return { name, size: bytes.length, open: () => Promise.resolve(pieces()) };
}

import type { Chat, TestHouse } from './house';
import { openImportScene, type ImportScene, type Standing } from './import-scenes';
import { openLetterScene, type LetterScene } from './letter-scene';
import { atContoso, emptied } from './scenes';

/** Imports whose users get letters, in a house with a real mail server. */
export interface ImportLettersScene {
  readonly letters: LetterScene;
  readonly world: TestHouse;
  /** Of the present test. */
  scene(): ImportScene;
  chat(): Chat;
  /** A fresh chat with a customer picked, and a mail server that takes everything. */
  begin(): Promise<void>;
  /** Nothing is left of the test. */
  end(): Promise<void>;
  /** A file of these rows, imported to its end; what stands in the chat by now. */
  imported(rows: readonly string[], values?: Readonly<Record<string, string>>): Promise<Standing>;
  /** The card that counts the letters. */
  onLetters(): Standing;
}

export const addressed = (...rows: readonly string[]): string =>
  ['Display name,Email,Hand-over e-mail', ...rows, ''].join('\n');

export async function openImportLetters(): Promise<ImportLettersScene> {
  const letters = await openLetterScene();
  const { world } = letters;
  let scene = openImportScene(world);
  let chat = world.chat();
  return {
    ...{ letters, world },
    scene: () => scene,
    chat: () => chat,
    async begin() {
      letters.server.forget();
      scene = openImportScene(world);
      chat = await atContoso(world);
    },
    end: () =>
      emptied(world, [
        ...['users', 'audit', 'auditDetails', 'effects', 'secrets', 'secretChunks'],
        ...['imports', 'letters', 'liveCards', 'operators'],
      ]),
    async imported(rows, values = {}) {
      return scene.imported(chat, await scene.send(chat, addressed(...rows)), values);
    },
    onLetters: () => scene.standing('posted import-letters'),
  };
}

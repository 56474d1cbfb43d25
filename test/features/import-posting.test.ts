import { hashToken } from '../../src/domain/hand-over';
import { createLiveUpdates } from '../../src/features/live-cards';
import type { Card } from '../../src/ports/card';
import type { CardAddress, Locale } from '../../src/ports/chat';
import { openImportChat, type ImportScene } from '../support/import-scenes';
import { type Chat, type TestHouse } from '../support/house';
import { manyUsers, openImports } from '../support/imports';
import { readCard } from '../support/rendered-card';

const file = 'Display name,Email\nZoe,zoe@contoso.example\n';

describe('The result of an import', () => {
  it('is not shown again by a process that has lost it to another while the chat was slow', async () => {
    const world = await openImports();
    await world.start(await world.check(manyUsers(3)));
    const tokens: (string | null)[] = [];
    const other = world.process();
    const slow = world.process({
      progress: {
        async result(_, token) {
          tokens.push(token);
          if (tokens.length === 1) {
            await world.expireLeases();
            await other.run();
          }
          throw new Error('The chat did not answer in time.');
        },
      },
    });

    await slow.run();

    expect(tokens).toHaveLength(1);
    expect(other.results).toHaveLength(1);
    expect(await world.rows('secrets')).toHaveLength(1);
    await world.close();
  });

  it('is posted anew where somebody has deleted its message, and lives on there', async () => {
    const { world, scene, chat } = await openImportChat();
    await scene.stand(await chat.press(await scene.send(chat, file), 'import.start'));
    scene.remove();

    await scene.run();

    const posted = 'posted import-result';
    expect(() => scene.standing()).toThrow('Nothing was shown');
    expect(scene.standing(posted).text).toContain('1 user created');
    const [, token = ''] = /\/s\/([\w-]{43})/.exec(scene.standing(posted).text) ?? [];
    const { handOvers } = world.house;
    expect(await handOvers.reveal(hashToken(token), world.clock.now(), ['zoe@contoso.example'])).toBeTruthy();
    world.clock.pass(60_000);
    await scene.look();
    expect(scene.standing(posted).text).toContain('Opened on');
    expect(await world.rows('imports')).toMatchObject([{ state: 'done', created: 1 }]);
    await world.close();
  });

  it('has one file of failed rows, however often the chat was asked to take it', async () => {
    const { world, scene, chat } = await openImportChat();
    const wrong = `${file}Ann,not an address\n`;
    await scene.stand(await chat.press(await scene.send(chat, wrong), 'import.start'));
    let attempts = 0;
    const update = (): Promise<'delivered'> => {
      attempts += 1;
      if (attempts === 1) return Promise.reject(new Error('The chat does not answer.'));
      return Promise.resolve('delivered');
    };
    const messenger = { update, post: () => Promise.resolve('gone' as const) };

    await world.house.importing.createWorker(messenger).runDue(new AbortController().signal);

    expect(attempts).toBe(2);
    expect(await world.rows('imports')).toMatchObject([{ state: 'done', created: 1 }]);
    expect(await world.rows('files')).toHaveLength(1);
    await world.close();
  });

  describe('in two chats', () => {
    let world: TestHouse;
    let scene: ImportScene;
    let chat: Chat;
    beforeAll(async () => {
      ({ world, scene, chat } = await openImportChat());
    });
    afterAll(() => world.close());

    it('stands in the one that answers, and in the other when it is back, without the link', async () => {
      const { house, clock, log } = world;
      const shown = new Map<string, string>();
      let isAway = true;
      const messenger = {
        reaches: () => true,
        update({ message }: CardAddress, card: Card, locale: Locale) {
          if (message === 'away' && isAway) return Promise.reject(new Error('The chat does not answer.'));
          shown.set(message, readCard(house.cards.render(card, locale)).text);
          return Promise.resolve('delivered' as const);
        },
        post: () => Promise.resolve('gone' as const),
      };
      const { liveKinds: kinds, liveCards } = house;
      const live = createLiveUpdates({ kinds, liveCards, messenger, clock, log });
      const running = await chat.press(await scene.send(chat, file), 'import.start');
      await scene.stand(running, 'away');
      await scene.stand(await chat.press(running, 'import.refresh'), 'here');

      await house.importing.createWorker(messenger).runDue(new AbortController().signal);

      expect(await world.rows('imports')).toMatchObject([{ state: 'done' }]);
      expect(shown.get('here')).toMatch(/\/s\/[\w-]{43}/);
      isAway = false;
      clock.pass(2 * 60_000);
      await live.updateDue();
      expect(shown.get('away')).toContain('1 user created');
      expect(shown.get('away')).not.toContain('/s/');
      expect(shown.get('away')).toContain('issue the sheet again');
      expect(shown.get('here')).toMatch(/\/s\/[\w-]{43}/);
    });
  });
});

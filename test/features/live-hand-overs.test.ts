import { hashToken } from '../../src/domain/hand-over';
import { createLiveUpdates } from '../../src/features/live-cards';
import { lookAtHandOvers } from '../../src/features/live-hand-overs';
import type { House } from '../../src/house';
import type { CardAddress } from '../../src/ports/chat';
import type { Delivery } from '../../src/ports/messenger';
import { StorageAway } from '../../src/ports/storage-away';
import { noLetters } from '../support/hand-overs-in-memory';
import { openTestHouse, type Shown, type TestHouse } from '../support/house';
import { readCard } from '../support/rendered-card';
import { addUser, linkOn, tokenOn, zoe } from '../support/scenes';

const minute = 60_000;
const day = 24 * 60 * minute;

interface Sent {
  readonly message: string;
  readonly text: string;
  readonly link: string | null;
  readonly verbs: readonly string[];
}

let world: TestHouse;
let sent: Sent[];
/** How the chat takes an update of a message. */
let chatTakes: (address: CardAddress) => Promise<Delivery>;
let isOn: boolean;
beforeEach(async () => {
  world = await openTestHouse();
  sent = [];
  chatTakes = () => Promise.resolve('delivered');
  isOn = true;
});
afterEach(() => world.close());

function liveOf({ handOvers, liveCards, cards }: Pick<House, 'handOvers' | 'liveCards' | 'cards'>) {
  const { clock, log } = world;
  return createLiveUpdates({
    kinds: { 'hand-over': lookAtHandOvers({ handOvers, letters: noLetters }) },
    liveCards,
    clock,
    log,
    messenger: {
      reaches: () => isOn,
      async update(address, card, locale) {
        const shown = readCard(cards.render(card, locale));
        const { text } = shown;
        const link = /\/s\/[\w-]{43}/.exec(JSON.stringify(shown.json))?.[0] ?? null;
        sent.push({ message: address.message, text, link, verbs: shown.buttons.map(({ verb }) => verb) });
        return chatTakes(address);
      },
    },
  });
}

const updateDue = () => liveOf(world.house).updateDue();
const reveal = (shown: Shown) =>
  world.house.handOvers.reveal(hashToken(tokenOn(shown)), world.clock.now(), ['zoe.durand@contoso.example']);

/** The card of a new user, standing in the chat as this message. */
async function standing(message: string, values: Readonly<Record<string, string>> = {}): Promise<Shown> {
  const shown = await addUser(world, values);
  await stand(shown, message);
  return shown;
}

const stand = (shown: Shown, message: string) => shown.answer.delivered({ conversation: 'demo:x', message });

describe('The card of a hand-over', () => {
  it('says when its link was opened, and shows the link no longer', async () => {
    const shown = await standing('m1');
    world.clock.pass(minute);
    await reveal(shown);

    await updateDue();

    expect(sent).toMatchObject([{ message: 'm1', link: null }]);
    expect(sent[0]?.text).toContain('Opened on 22 November 2026 at 09:01.');
    expect(sent[0]?.text).toMatch(/^Contoso Bakery {2}contoso\.example/);
    expect(sent[0]?.verbs).toContain('hand-over.ask');
  });

  it('changes though the link was opened before the card stood in the chat', async () => {
    const shown = await addUser(world);
    await reveal(shown);
    await stand(shown, 'm1');

    await updateDue();

    expect(sent[0]?.text).toContain('Opened on');
  });

  it('is kept while its chat is off in this process, and told when it is on again', async () => {
    const shown = await standing('m1');
    await reveal(shown);
    isOn = false;
    await updateDue();
    expect(sent).toEqual([]);

    isOn = true;
    world.clock.pass(5 * minute);
    await updateDue();

    expect(sent).toMatchObject([{ message: 'm1' }]);
  });

  it('is left to the next process by one that ends', async () => {
    await reveal(await standing('m1'));
    const ending = new AbortController();
    ending.abort();

    await liveOf(world.house).updateDue(ending.signal);
    expect(sent).toEqual([]);
    await updateDue();

    expect(sent).toHaveLength(1);
  });

  it('is left alone while its link waits, however often it is looked at', async () => {
    await standing('m1');

    await updateDue();
    world.clock.pass(7 * day - 1);
    await updateDue();

    expect(sent).toEqual([]);
  });

  it('says that its link ran out, from that very millisecond', async () => {
    await standing('m1');
    await updateDue();

    world.clock.pass(7 * day);
    await updateDue();

    expect(sent[0]?.text).toContain('Expired on 29 November 2026 at 09:00, unopened.');
    expect(sent[0]?.link).toBeNull();
  });

  it('says that another link took its place, and offers nothing that would cut that one off', async () => {
    const chat = world.chat();
    const shown = await standing('m1');
    const asked = await chat.press(shown, 'Issue again');
    await stand(await chat.press(asked, 'hand-over.issue'), 'm2');

    world.clock.pass(minute);
    await updateDue();

    expect(sent).toMatchObject([{ message: 'm1', link: null }]);
    expect(sent[0]?.text).toContain('a newer link has taken its place');
    expect(sent[0]?.verbs).toEqual(expect.not.arrayContaining(['hand-over.ask', 'add-user.sheet']));
  });

  it('is written in the language it was asked for in', async () => {
    const chat = world.chat(undefined, { locale: { language: 'fr', timeZone: 'Europe/Paris' } });
    const shown = await chat.press(await standing('m1'), 'hand-over.refresh');
    await stand(shown, 'm1');
    await reveal(shown);

    await updateDue();

    expect(sent[0]?.text).toMatch(/Ouvert.* 22 novembre 2026/);
  });
});

describe('An update', () => {
  it('is sent once, run twice or in two processes at once', async () => {
    for (const number of [1, 2, 3, 4, 5])
      await reveal(await standing(`m${number}`, { username: `u${number}` }));
    const [one, two] = [liveOf(world.house), liveOf(await world.another())];

    await Promise.all([one.updateDue(), two.updateDue(), one.updateDue(), two.updateDue()]);
    await one.updateDue();
    world.clock.pass(10 * minute);
    await two.updateDue();

    expect(sent.map(({ message }) => message).sort()).toEqual(['m1', 'm2', 'm3', 'm4', 'm5']);
    expect(await world.rows('liveCards')).toEqual([]);
  });

  it('that fails is tried again with growing pauses, and holds up no other card', async () => {
    await reveal(await standing('broken'));
    await reveal(await standing('whole', { username: 'anna' }));
    chatTakes = ({ message }) =>
      message === 'broken' ? Promise.reject(new Error('502')) : Promise.resolve('delivered');
    const after = async (pause: number) => {
      sent = [];
      world.clock.pass(pause);
      await updateDue();
      return sent.map(({ message }) => message).sort();
    };

    expect(await after(0)).toEqual(['broken', 'whole']);
    expect(await after(minute - 1)).toEqual([]);
    expect(await after(1)).toEqual(['broken']);
    expect(await after(2 * minute - 1)).toEqual([]);
    expect(await after(1)).toEqual(['broken']);
    chatTakes = () => Promise.resolve('delivered');
    expect(await after(4 * minute)).toEqual(['broken']);
    expect(await after(day)).toEqual([]);
  });

  it('waits as long as the chat asks for', async () => {
    await reveal(await standing('m1'));
    const busy = Object.assign(new Error('Too many.'), { retryAfterMs: 10 * minute });
    chatTakes = () => Promise.reject(busy);
    await updateDue();
    chatTakes = () => Promise.resolve('delivered');

    world.clock.pass(9 * minute);
    await updateDue();
    expect(sent).toHaveLength(1);
    world.clock.pass(minute);
    await updateDue();
    expect(sent).toHaveLength(2);
  });

  it('that hangs holds up no other card, however many hang', async () => {
    for (const number of [1, 2, 3, 4, 5, 6])
      await reveal(await standing(`m${number}`, { username: `u${number}` }));
    const last = (await world.rows('liveCards')).at(-1)?.['message'];
    chatTakes = ({ message }) =>
      message === last ? Promise.resolve('delivered') : new Promise(() => undefined);

    await updateDue();

    expect(sent).toHaveLength(6);
    expect((await world.rows('liveCards')).map(({ message }) => message)).not.toContain(last);
  });

  it('of a message that is gone is not tried again', async () => {
    await reveal(await standing('m1'));
    chatTakes = () => Promise.resolve('gone');

    await updateDue();
    world.clock.pass(day);
    await updateDue();

    expect(sent).toHaveLength(1);
    expect(await world.rows('liveCards')).toEqual([]);
  });

  it('is given up for a hand-over that is gone itself', async () => {
    await standing('m1');
    await world.database.connection.collection('secrets').deleteMany({});

    await updateDue();

    expect(sent).toEqual([]);
    expect(await world.rows('liveCards')).toEqual([]);
  });

  it('does not undo what came to stand in its message while it was under way', async () => {
    const first = await standing('m1');
    const other = await addUser(world, { username: 'anna' });
    await reveal(first);
    chatTakes = async () => {
      await stand(other, 'm1');
      return 'delivered';
    };

    await updateDue();
    await reveal(other);
    chatTakes = () => Promise.resolve('delivered');
    await updateDue();

    expect(sent.map(({ text }) => /\S+@\S+/.exec(text)?.[0])).toEqual([
      'zoe.durand@contoso.example',
      'anna@contoso.example',
    ]);
  });

  it('does not end the process when the database is away', async () => {
    const { handOvers, cards, liveCards } = world.house;
    const away = { ...liveCards, claimDue: () => Promise.reject(new StorageAway(true)) };

    await expect(liveOf({ handOvers, cards, liveCards: away }).updateDue()).resolves.toBeUndefined();
    expect(world.log.lines.join()).toContain('Cards could not be looked at');
  });
});

describe('What is kept of a card', () => {
  it('holds no link and no token', async () => {
    const shown = await standing('m1');
    const refreshed = await world.chat().press(shown, 'hand-over.refresh');
    await stand(refreshed, 'm1');

    const kept = JSON.stringify(await world.rows('liveCards'));

    expect(kept).toContain('zoe.durand');
    expect(kept).not.toContain(tokenOn(shown));
    expect(linkOn(refreshed)).toContain(tokenOn(shown));
  });

  it('is forgotten once its message shows something else', async () => {
    const shown = await standing('m1');
    await stand(await world.chat().press(shown, 'Issue again'), 'm1');
    await reveal(shown);

    await updateDue();

    expect(sent).toEqual([]);
  });

  it('stays while an answer stands below it', async () => {
    const shown = await standing('m1');
    await stand(await world.chat().press(shown, 'add-user.again'), 'm2');
    await reveal(shown);

    await updateDue();

    expect(sent).toMatchObject([{ message: 'm1' }]);
  });

  it('follows the new link when Issue again is answered in its place', async () => {
    const chat = world.chat();
    const shown = await standing('m1', zoe);
    const issued = await chat.press(await chat.press(shown, 'Issue again'), 'hand-over.issue');
    await updateDue();
    await stand(issued, 'm1');
    world.clock.pass(minute);
    await updateDue();
    await reveal(issued);

    await updateDue();

    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).toContain('Opened on');
  });
});

import type { House } from '../../src/house';
import type { Card } from '../../src/ports/card';
import type { CardAddress, Locale } from '../../src/ports/chat';
import type { Chats } from '../../src/ports/messenger';
import type { Subscription } from '../../src/ports/reminders';
import { createLiveUpdates } from '../../src/features/live-cards';
import { createMongoSubscriptions } from '../../src/storage/subscriptions';
import { effect } from './directory';
import type { TestHouse } from './house';
import { subscriptionOf } from './reminders';
import { readCard, type RenderedCard } from './rendered-card';

export interface PostedCard extends RenderedCard {
  readonly name: string;
  readonly conversation: string;
  readonly address: CardAddress;
  readonly locale: Locale;
}

export interface FakeChat {
  /** Cards as they stand in the chats now. */
  readonly posted: PostedCard[];
  readonly messenger: Chats;
  /** A chat is on or off, by what its conversations begin with; all are on unless told. */
  turn(chat: string, on: boolean): void;
  /** What happens to the next posts in a conversation; `null` for nothing special. */
  fail(conversation: string, how: (() => Promise<CardAddress | 'gone'>) | null): void;
  /** What the clock does: sends what is due, as this process of the house. */
  tick(house?: House): Promise<void>;
  /** Looks at cards that may have changed. */
  update(): Promise<void>;
}

/** A chat that takes whatever is posted, and remembers it. */
export function createFakeChat(world: TestHouse): FakeChat {
  const posted: PostedCard[] = [];
  const failing = new Map<string, () => Promise<CardAddress | 'gone'>>();
  const draw = (card: Card, locale: Locale) => ({
    ...readCard(world.house.cards.render(card, locale)),
    ...{ name: card.name, locale },
  });
  const off = new Set<string>();
  const messenger: Chats = {
    reaches: (conversation) => ![...off].some((chat) => conversation.startsWith(`${chat}:`)),
    async post(conversation, card, locale) {
      const fault = failing.get(conversation);
      if (fault) return fault();
      const address = { conversation, message: String(posted.length + 1) };
      posted.push({ ...draw(card, locale), conversation, address });
      return Promise.resolve(address);
    },
    update(address, card, locale) {
      const place = posted.findIndex((one) => one.address.message === address.message);
      if (place < 0) return Promise.resolve('gone');
      posted[place] = { ...draw(card, locale), conversation: address.conversation, address };
      return Promise.resolve('delivered');
    },
  };
  const reminds = new Map<House, ReturnType<House['reminding']['createRemind']>>();
  return {
    posted,
    messenger,
    turn(chat, on) {
      if (on) off.delete(chat);
      else off.add(chat);
    },
    fail(conversation, how) {
      if (how) failing.set(conversation, how);
      else failing.delete(conversation);
    },
    async tick(house = world.house) {
      const remind = reminds.get(house) ?? house.reminding.createRemind(messenger);
      reminds.set(house, remind);
      await remind.runDue(new AbortController().signal);
    },
    async update() {
      const { liveKinds: kinds, liveCards } = world.house;
      const { clock, log } = world;
      await createLiveUpdates({ kinds, liveCards, messenger, clock, log }).updateDue();
    },
  };
}

/** Asks for reminders in Ada's private chat, unless told. */
export async function subscribeIn(world: TestHouse, changes: Partial<Subscription> = {}): Promise<void> {
  const { database, house } = world;
  const subscriptions = createMongoSubscriptions({
    connection: database.connection,
    records: house.records,
  });
  await subscriptions.save(subscriptionOf(changes), effect());
}

/** Another process dies while the chat is taking what it posts; then its lease is over. */
export async function dieWhilePosting(world: TestHouse, chat: FakeChat, conversation: string): Promise<void> {
  const dying = await world.another();
  const never = new Promise<never>(() => undefined);
  await new Promise<void>((posting) => {
    chat.fail(conversation, () => (posting(), never));
    // Nobody hears what becomes of it.
    chat.tick(dying).catch(() => undefined);
  });
  chat.fail(conversation, null);
  await chat.tick();
  if (chat.posted.length > 0) throw new Error('Something was posted while another process was posting it.');
  const expired = { $set: { leaseUntil: new Date(0) } };
  await world.database.connection.collection('reminderSubscriptions').updateOne({}, expired);
}

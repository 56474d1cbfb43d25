import type { PartnerRole } from '../../src/domain/permission';
import { admin, type Chat, type Shown, type TestHouse } from './house';

/** What is filled in for a user of the demo customer Contoso. */
export const zoe = {
  givenName: 'Zoé',
  surname: 'Durand',
  username: 'zoe.durand',
  domain: 'contoso.example',
  usageLocation: 'FR',
};

export async function customerIdOf(world: Pick<TestHouse, 'rows'>, name: string): Promise<string> {
  const [customer] = await world.rows('customers', { name });
  if (!customer) throw new Error(`There is no customer "${name}".`);
  return String(customer._id);
}

/** Makes somebody an operator; without customers, for all of them. */
export async function hire(
  world: TestHouse,
  operator: string,
  partnerRole: PartnerRole,
  customers: 'all' | readonly string[] = 'all',
): Promise<Chat> {
  await world.database.connection.collection('operators').insertOne({ operator, partnerRole, customers });
  return world.chat(operator);
}

/** A chat in which the demo customer Contoso is picked. */
export async function atContoso(world: TestHouse, operator = admin): Promise<Chat> {
  const chat = world.chat(operator);
  await chat.press(await chat.type('/customers contoso'), 'customers.pick');
  return chat;
}

/** The form of `/add-user`, with a demo customer picked first. */
export async function openForm(chat: Chat, customer = 'contoso'): Promise<Shown> {
  await chat.press(await chat.type(`/customers ${customer}`), 'customers.pick');
  return chat.type('/add-user');
}

/** The card of a user that was just added, with its one-time link. */
export async function addUser(
  world: TestHouse,
  values: Readonly<Record<string, string>> = {},
  operator = admin,
) {
  const chat = world.chat(operator);
  return chat.press(await openForm(chat), 'add-user.save', { ...zoe, ...values });
}

export function linkOn(shown: Pick<Shown, 'text'>): string | null {
  return /http:\S+\/s\/[\w-]{43}/.exec(shown.text)?.[0] ?? null;
}

export function tokenOn(shown: Pick<Shown, 'text' | 'name'>): string {
  const link = linkOn(shown);
  if (link === null) throw new Error(`"${shown.name}" shows no link.`);
  return link.slice(-43);
}

export function verbsOn(shown: Pick<Shown, 'buttons'>): readonly string[] {
  return shown.buttons.map(({ verb }) => verb);
}

/** Takes everything out of these collections, so that tests can share a house. */
export async function emptied(world: TestHouse, collections: readonly string[]): Promise<void> {
  const { connection } = world.database;
  await Promise.all(collections.map((name) => connection.collection(name).deleteMany({})));
}

/** Sends again, as an operator would, while the database is too busy to answer: nothing is stored twice. */
export async function untilAnswered(send: () => Promise<Shown>): Promise<Shown> {
  for (let attempt = 1; ; attempt += 1) {
    const shown = await send();
    if (!shown.name.startsWith('storage-') || attempt === 10) return shown;
  }
}

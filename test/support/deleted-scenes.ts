import { createLiveUpdates } from '../../src/features/live-cards';
import { admin, type Chat, type Shown, type TestHouse } from './house';
import { newUser } from './directory';
import { readCard } from './rendered-card';
import { customerIdOf } from './scenes';

/** Users of Contoso with these names, as if they had long been there; answers their ids. */
export async function usersOf(
  world: Pick<TestHouse, 'house' | 'clock' | 'rows'>,
  names: readonly string[],
  changes: Partial<ReturnType<typeof newUser>> = {},
  customer = 'Contoso Bakery',
): Promise<string[]> {
  const customerId = await customerIdOf(world, customer);
  const made = names.map((name) =>
    newUser({ customerId, userPrincipalName: `${name}@contoso.example`, displayName: name, ...changes }),
  );
  for (const user of made) {
    const { kind } = await world.house.directory.createUser(user, {
      id: user.id.padStart(64, '0'),
      result: {},
      audit: [
        {
          at: world.clock.now(),
          operator: admin,
          action: 'create_customer_user',
          customerId,
          target: user.userPrincipalName,
          outcome: 'success',
        },
      ],
    });
    if (kind !== 'created') throw new Error(kind);
  }
  return made.map(({ id }) => id);
}

/** A chat in which Contoso is picked. */
export async function atContoso(
  world: TestHouse,
  operator = admin,
  options: Parameters<TestHouse['chat']>[1] = {},
): Promise<Chat> {
  const chat = world.chat(operator, options);
  await chat.press(await chat.type('/customers contoso'), 'customers.pick');
  return chat;
}

/** The card after these users were deleted by what an operator types and presses. */
export async function deleteBy(chat: Chat, names: readonly string[]): Promise<Shown> {
  const typed = names.map((name) => `${name}@contoso.example`).join(' ');
  return chat.press(await chat.type(`/delete-user ${typed}`), 'delete-user.confirm');
}

/** Looks at all live cards that are due; answers those that change. */
export async function updatesOf(world: TestHouse) {
  const sent: { message: string; text: string; verbs: readonly string[] }[] = [];
  const { liveKinds: kinds, liveCards, cards } = world.house;
  const live = createLiveUpdates({
    ...{ kinds, liveCards, clock: world.clock, log: world.log },
    messenger: {
      reaches: () => true,
      update({ message }, card, locale) {
        const { text, buttons } = readCard(cards.render(card, locale));
        sent.push({ message, text, verbs: buttons.map(({ verb }) => verb) });
        return Promise.resolve('delivered');
      },
    },
  });
  await live.updateDue();
  return sent;
}

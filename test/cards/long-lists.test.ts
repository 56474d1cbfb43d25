import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { many } from '../support/sample-data';

let world: TestHouse;
let chat: Chat;
let form: Shown;
beforeEach(async () => {
  world = await openTestHouse();
  chat = world.chat();
  form = await openFormWith(many(500, (place) => `PRODUCT_${String(place).padStart(3, '0')}`));
});
afterEach(() => world.close());

/** The form of `/add-user` for a new customer with these products. */
async function openFormWith(products: readonly string[]): Promise<Shown> {
  const saved = await chat.press(
    await chat.press(await chat.type('/customers'), 'customers.add'),
    'customers.save',
    {
      name: 'Every Product',
      defaultDomain: 'every.example',
      subscriptions: products.map((sku) => `${sku}=5`).join('\n'),
    },
  );
  await chat.press(saved, 'customers.pick');
  return chat.type('/add-user');
}

const titleOf = (sku: string): string => `${sku}: ${sku} (5 seats free)`;

describe('The licenses of a customer with 500 products', () => {
  it('are shown 60 at a time, with a search in the card', () => {
    expect(form.name).toBe('add-user');
    expect(form.choices('licenses')).toHaveLength(60);
    expect(form.buttons.map(({ verb }) => verb)).toContain('add-user.open');
  });

  it('are found by the start of a word, and what was ticked and typed before stays', async () => {
    const typed = { displayName: 'Zoé Durand', username: 'zoe', usageLocation: 'FR' };

    const first = await chat.press(form, 'Search', {
      ...typed,
      licenses: 'PRODUCT_007',
      find: 'product_499',
    });
    const second = await chat.press(first, 'Search', {
      licenses: 'PRODUCT_007,PRODUCT_499',
      find: 'product_250',
    });

    expect(first.choices('licenses')).toEqual([titleOf('PRODUCT_007'), titleOf('PRODUCT_499')]);
    expect(second.choices('licenses')).toEqual(
      [titleOf('PRODUCT_007'), titleOf('PRODUCT_250'), titleOf('PRODUCT_499')].sort(
        (a, b) => Number(a.includes('250')) - Number(b.includes('250')),
      ),
    );
    expect(second.inputs).toMatchObject({
      ...typed,
      licenses: 'PRODUCT_007,PRODUCT_499',
      find: 'product_250',
    });
    expect(second.fault('displayName')).toBeNull();
  });

  it('are given when the form is sent after a search', async () => {
    const found = await chat.press(form, 'Search', { licenses: 'PRODUCT_007', find: 'product_499' });

    await chat.press(found, 'add-user.save', {
      displayName: 'Zoé Durand',
      username: 'zoe',
      usageLocation: 'FR',
      licenses: 'PRODUCT_007,PRODUCT_499',
    });

    expect(await world.rows('users')).toMatchObject([{ licenses: ['PRODUCT_007', 'PRODUCT_499'] }]);
  });
});

import { partnerRoles, type PartnerRole } from '../../src/domain/permission';
import type { IncomingFile } from '../../src/ports/incoming-file';
import { openTestHouse, type TestHouse } from '../support/house';
import { hire } from '../support/scenes';

/** Who may import a file of some kind: what this one holds is only known once it is opened. */
const importers: readonly PartnerRole[] = [
  'sales_agent',
  'helpdesk_agent',
  'user_management_admin',
  'admin_agent',
  'global_admin',
];

let world: TestHouse;
beforeAll(async () => {
  world = await openTestHouse();
});
afterAll(() => world.close());

/** A file that tells how often it was opened. */
function unopened(): IncomingFile & { readonly opened: () => number } {
  let opened = 0;
  return {
    name: 'users.csv',
    size: 3,
    open: () => {
      opened += 1;
      return Promise.reject(new Error('It was opened.'));
    },
    opened: () => opened,
  };
}

const refused = partnerRoles.filter((role) => !importers.includes(role));

it.each(refused)('A file of a %s is not opened; the answer says who may import', async (role) => {
  const chat = await hire(world, `web:${role}`, role);
  const file = unopened();

  const shown = await chat.send({ kind: 'file', file });

  expect(shown.name).toBe('denied');
  expect(shown.text).toContain('Sales agent');
  expect(file.opened()).toBe(0);
  expect(await world.rows('audit', { operator: `web:${role}`, outcome: 'denied' })).toMatchObject([
    { action: 'import_customer_users', customerId: null },
  ]);
});

it('A file of somebody who is no operator is not opened', async () => {
  const file = unopened();

  const shown = await world.chat('web:eve').send({ kind: 'file', file });

  expect(shown.name).toBe('not-an-operator');
  expect(file.opened()).toBe(0);
});

it('A file is foreseen as what leads to its step', () => {
  const file = unopened();

  expect(world.house.foresee({ kind: 'file', file })).toMatchObject({ verb: 'import.receive' });
  expect(file.opened()).toBe(0);
});

import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { customerIdOf, emptied, hire, openForm } from '../support/scenes';
import { many } from '../support/sample-data';

let world: TestHouse;
let chat: Chat;
beforeAll(async () => {
  world = await openTestHouse();
  chat = world.chat();
});
beforeEach(() => emptied(world, ['templates', 'effects', 'audit', 'auditDetails', 'operators']));
afterAll(() => world.close());

const baker = { name: 'Baker', usageLocation: 'FR', department: 'Shops', licenses: 'ENTERPRISEPACK' };

async function openTemplates(by: Chat = chat): Promise<Shown> {
  return by.press(await openForm(by), 'templates.open');
}

async function save(values: Readonly<Record<string, string>> = baker, by: Chat = chat): Promise<Shown> {
  return by.press(await openTemplates(by), 'templates.save', values);
}

const denied = () => world.rows('audit', { outcome: 'denied' });

it('opens below the form of a new user, which stays with what is typed into it', async () => {
  const card = await openTemplates();

  expect(card.answer.place).toBe('below');
  expect(card.text).toContain('There are no templates yet.');
});

it('stores a template with one audit entry of the customer, and lists it', async () => {
  const saved = await save({ ...baker, roles: 'Reports Reader' });

  expect(saved.text).toContain('The template Baker is saved.');
  expect(saved.text).toContain('France, Shops, Office 365 E3, Reports Reader');
  expect(saved.inputs).toEqual({});
  const customerId = await customerIdOf(world, 'Contoso Bakery');
  expect(await world.rows('templates')).toMatchObject([
    { ...baker, customerId, licenses: ['ENTERPRISEPACK'], roles: ['Reports Reader'] },
  ]);
  expect(await world.rows('audit')).toMatchObject([
    { action: 'update_customer', customerId, target: 'contoso.example', outcome: 'success' },
  ]);
  expect(await world.rows('auditDetails')).toMatchObject([
    { after: { template: { name: 'Baker', roles: 'Reports Reader' } } },
  ]);
});

it('says what is wrong at its field and keeps what was typed', async () => {
  const again = await save({
    name: ' ',
    usageLocation: 'XX',
    department: 'x'.repeat(65),
    licenses: 'NO_SUCH',
  });

  expect(again.fault('name')).toBe('This field is required.');
  expect(again.fault('usageLocation')).toBe('Choose a location from the list.');
  expect(again.fault('department')).toBe('At most 64 characters.');
  expect(again.fault('licenses')).toContain('NO_SUCH');
  expect(again.inputs.department).toHaveLength(65);
  expect((await save({ name: 'x'.repeat(65) })).fault('name')).toBe('At most 64 characters.');
  expect(await world.rows('templates')).toEqual([]);
});

it('lets a template give way to one of the same name, whatever its case, and keeps its id', async () => {
  await save();
  const [before] = await world.rows('templates');

  await save({ name: 'BAKER', department: 'Market' });

  expect(await world.rows('templates')).toMatchObject([
    { _id: before?._id, name: 'BAKER', department: 'Market', licenses: [] },
  ]);
  const details = await world.rows('auditDetails', { before: { $exists: true } });
  expect(details).toMatchObject([{ before: { template: { name: 'Baker' } } }]);
});

it('takes effect once for a form that is sent twice, through whichever process', async () => {
  const card = await openTemplates();
  const elsewhere = world.chat(undefined, { house: await world.another() });

  const answers = await Promise.all([
    chat.press(card, 'templates.save', baker),
    elsewhere.press(card, 'templates.save', baker),
  ]);
  const late = await chat.press(card, 'templates.save', { name: 'Another' });

  expect([...answers, late].every(({ text }) => text.includes('The template Baker is saved.'))).toBe(true);
  expect(await world.rows('templates')).toHaveLength(1);
  expect(await world.rows('audit')).toHaveLength(1);
});

it('shows a template in the form to be changed, and removes one', async () => {
  const listed = await save();

  const editing = await chat.press(listed, 'Edit');
  const removed = await chat.press(listed, 'templates.remove');
  const again = await chat.press(listed, 'templates.remove');

  expect(editing.inputs).toEqual(baker);
  expect(removed.text).toContain('The template Baker is removed.');
  expect(again.text).toBe(removed.text);
  expect(await world.rows('templates')).toEqual([]);
  expect(await world.rows('auditDetails', { after: { $exists: false } })).toMatchObject([
    { before: { template: { name: 'Baker' } } },
  ]);
});

it('says of a template that somebody else removed that it is gone, without a record of it', async () => {
  const listed = await save();
  await chat.press(await openTemplates(), 'templates.remove');

  const answer = await chat.press(listed, 'templates.remove');

  expect(answer.text).toContain('removed already');
  expect(await world.rows('audit')).toHaveLength(2);
});

it('keeps 50 templates of a customer, a few on a page, and no more', async () => {
  const customerId = await customerIdOf(world, 'Contoso Bakery');
  await world.database.connection.collection('templates').insertMany(
    many(50, (place) => {
      const name = `T${String(place).padStart(2, '0')}`;
      const empty = { usageLocation: '', department: '', roles: [], licenses: [] };
      return { _id: name as never, customerId, name, nameKey: name.toLowerCase(), ...empty };
    }),
  );

  const refused = await save();
  const replaced = await save({ name: 't07' });
  const next = await chat.press(replaced, 'Next');

  expect(refused.fault('name')).toBe('At most 50 entries.');
  expect(replaced.text).toContain('The template t07 is saved.');
  expect(next.text).toContain('T04');
  expect(next.text).not.toContain('T03');
});

describe('Those who may not assign roles', () => {
  it('see none in the form, and leave those of a template as they are', async () => {
    await save({ ...baker, roles: 'Reports Reader' });
    const uma = await hire(world, 'web:uma', 'user_management_admin');

    const card = await openTemplates(uma);
    await uma.press(card, 'templates.save', { ...baker, department: 'Market' });

    expect(card.choices('roles')).toEqual([]);
    expect(await world.rows('templates')).toMatchObject([
      { department: 'Market', roles: ['Reports Reader'] },
    ]);
  });

  it('are refused when roles come back all the same', async () => {
    const uma = await hire(world, 'web:uma', 'user_management_admin');

    const answer = await uma.press(await openTemplates(uma), 'templates.save', {
      ...baker,
      roles: 'Reports Reader',
    });

    expect(answer.name).toBe('denied');
    expect(await denied()).toHaveLength(1);
    expect(await world.rows('templates')).toEqual([]);
  });
});

it('acts on no other customer than the one its card was opened for', async () => {
  const listed = await save();
  const button = listed.buttons.find(({ verb }) => verb === 'templates.remove')!;
  const customerId = await customerIdOf(world, 'Ateliers Fabrikam');
  const frozen = { ...(button.data.frozen as object), customerId };

  const answer = await chat.send({ kind: 'pressed', verb: 'templates.remove', data: { frozen } });

  expect(answer.name).toBe('stale');
  expect(await denied()).toHaveLength(1);
  expect(await world.rows('templates')).toHaveLength(1);
});

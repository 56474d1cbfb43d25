import type { SlackPerson } from '../../support/slack/person-contract';
import { openSlackHouse, type SlackHouse } from '../../support/slack/slack-house';

let world: SlackHouse;
let ada: SlackPerson;

beforeAll(async () => {
  world = await openSlackHouse();
  ada = world.person({ id: 'UADA', name: 'Ada Lovelace', locale: 'en-GB' });
  await ada.command('/add-user');
  await ada.until(() => ada.view()?.payload.callback_id === 'customers.search');
  await ada.press('view', 'customers.pick', { row: 'Contoso Bakery' });
  await ada.until(() => ada.view()?.payload.callback_id === 'add-user.save');
  await ada.fill({ givenName: 'Zoé', surname: 'Durand', username: 'zoe', usageLocation: 'FR' });
});
afterAll(async () => {
  await world.close();
  expect(world.fake.refusals).toEqual([]);
});

const denied = async () => (await world.rows('audit', { outcome: 'denied' })).length;
let sent = 0;

/** The form as it would be sent, with something else in its view. */
async function sendWith(change: (view: Record<string, unknown>) => object) {
  const view = ada.view()!;
  const payload = {
    ...{ type: 'view_submission', user: { id: 'UADA', team_id: world.fake.workspace.team } },
    ...{ team: { id: world.fake.workspace.team }, trigger_id: `tampered.${(sent += 1)}`, response_urls: [] },
    view: { ...view.payload, id: view.id, state: { values: view.state }, hash: view.hash },
  };
  const changed = { ...payload, view: { ...payload.view, ...change(payload.view) } };
  const [answered] = await ada.deliver({ type: 'interactive', payload: changed });
  return answered;
}

const frozenOf = (metadata: unknown) =>
  JSON.parse(String(metadata)) as { frozen: Record<string, unknown>; door: Record<string, unknown> };
const withFrozen = (change: object) => (view: Record<string, unknown>) => {
  const metadata = frozenOf(view['private_metadata']);
  return { private_metadata: JSON.stringify({ ...metadata, frozen: { ...metadata.frozen, ...change } }) };
};

it.each<[string, (view: Record<string, unknown>) => object]>([
  ['another customer', withFrozen({ customerId: '64b7f0c2a1b2c3d4e5f60718' })],
  ['another form', withFrozen({ form: 'x'.repeat(43) })],
  ['more than was frozen', withFrozen({ operator: 'slack:UEVE' })],
  ['no seal', withFrozen({ seal: '' })],
  ['nothing frozen', () => ({ private_metadata: '{}' })],
  ['what is no JSON', () => ({ private_metadata: '<!here>' })],
  ['nothing at all', () => ({ private_metadata: '' })],
  ['a step that is none', () => ({ callback_id: '__proto__' })],
  ['a step of another form', () => ({ callback_id: 'delete-user.confirm' })],
])('a form with %s has no effect, is told so, and is audited as denied', async (_, change) => {
  const before = await denied();

  const answered = await sendWith(change);

  expect(answered?.status).toBe(200);
  expect(answered?.body).toMatchObject({ response_action: expect.stringMatching(/update|push/) as string });
  expect(await denied()).toBe(before + 1);
  expect(await world.rows('users')).toEqual([]);
});

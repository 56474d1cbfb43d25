import { createPeople, type SlackPeople } from '../../../src/chat/slack/people';
import { type FakeSlack, openFakeSlack } from '../../support/slack/fake-slack';
import { createQuickCalls } from '../../support/slack/quick-calls';
import { until } from '../../support/until';

let fake: FakeSlack;
beforeAll(async () => {
  fake = await openFakeSlack();
  fake.addUser({ id: 'UADA', name: 'Ada Lovelace', locale: 'fr-FR', tz: 'Europe/Paris' });
  fake.addUser({ id: 'UELSE', name: 'Eve', team: 'TELSEWHERE' });
  fake.addUser({ id: 'UODD', name: 'Odd', locale: 'de-DE', tz: 'Not/AZone' });
});
afterAll(() => fake.close());

const asked = () => fake.calls.filter(({ method }) => method === 'users.info').length;
const ada = {
  name: 'Ada Lovelace',
  locale: { language: 'fr', timeZone: 'Europe/Paris' },
  isForeign: false,
} as const;
const unknown = { name: null, locale: { language: 'en', timeZone: 'UTC' }, isForeign: false } as const;

function newPeople(changes: { withinMs?: number; keptMs?: number } = {}): SlackPeople {
  const calls = createQuickCalls(fake, { timing: { requestMs: 1_500 } });
  return createPeople({ calls, ownTeam: () => fake.workspace.team, ...changes });
}

describe('Somebody who writes in Slack', () => {
  it('has the name, language and time zone that Slack says, asked for once', async () => {
    const people = newPeople();
    const before = asked();

    const said = await Promise.all([people.who('UADA'), people.who('UADA')]);
    said.push(await people.who('UADA'));

    expect(said).toEqual([ada, ada, ada]);
    expect(asked() - before).toBe(1);
  });

  it('is addressed in English where Slack is slow, within a second, and rightly the next time', async () => {
    const people = newPeople();
    fake.failNext('users.info', { hang: 1_400 });
    const started = performance.now();

    const first = await people.who('UADA');

    expect(first).toEqual(unknown);
    expect(performance.now() - started).toBeLessThan(1_390);
    await until(async () => (await people.who('UADA')).name !== null);
    expect(await people.who('UADA')).toEqual(ada);
  });

  it('is addressed in English where Slack refuses, and asked for again', async () => {
    const people = newPeople();
    fake.failNext('users.info', { error: 'missing_scope' });

    const said = [await people.who('UADA'), await people.who('UADA')];

    expect(said).toEqual([unknown, ada]);
  });

  it('is asked for again after a while, and stays who it was while Slack does not answer', async () => {
    const people = newPeople({ keptMs: 0, withinMs: 50 });
    await until(async () => (await people.who('UADA')).name !== null);
    const before = asked();
    fake.failNext('users.info', { hang: 200 });

    const later = await people.who('UADA');

    expect(later).toEqual(ada);
    expect(asked() - before).toBe(1);
  });

  it('may be of another organization', async () => {
    const stranger = await newPeople().who('UELSE');
    const elsewhere = createPeople({ calls: createQuickCalls(fake), ownTeam: () => 'TOTHER' });

    expect(stranger.isForeign).toBe(true);
    expect((await elsewhere.who('UADA')).isForeign).toBe(true);
  });

  it('is read in English and by UTC where Rollcall has no such language or time zone', async () => {
    expect(await newPeople().who('UODD')).toEqual({ ...unknown, name: 'Odd' });
  });
});

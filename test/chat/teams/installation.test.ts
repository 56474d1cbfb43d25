import { cardOf } from '../../support/fake-connector';
import { ann, annOperator, bot, installation, membership, message } from '../../support/teams-activities';
import { startTeamsTest, type TeamsTest } from '../../support/teams-door';

let teams: TeamsTest;
beforeEach(async () => {
  teams = await startTeamsTest(() => ({ kind: 'anonymous' }));
});
afterEach(() => teams.close());

const answerCard = { type: 'AdaptiveCard', name: 'answer', language: 'en' };

describe('installation', () => {
  test('in a private chat is remembered and greeted once, although Teams tells it twice', async () => {
    await teams.send(installation('personal', 'add'));
    await teams.send(membership('personal', { membersAdded: [{ id: ann.id }, { id: bot.id }] }));

    expect(teams.addresses.all.get('teams:a:ann')).toMatchObject({ kind: 'personal', operator: annOperator });
    expect(teams.commands.map(({ input }) => input)).toEqual([{ kind: 'typed', text: 'rollcall' }]);
    expect(teams.connector.messages('a:ann').map(cardOf)).toEqual([answerCard]);
    expect(teams.addresses.writes).toBe(1);
  });

  test('in a channel is remembered without its thread, and not greeted', async () => {
    await teams.send(installation('channel', 'add'));

    const stored = teams.addresses.all.get('teams:19:team@thread.tacv2');
    expect(stored).toMatchObject({ kind: 'channel', operator: null });
    expect(stored!.reference).not.toMatch(/messageid/);
    expect(teams.commands).toEqual([]);
  });

  test('of a new version is not greeted', async () => {
    await teams.send(installation('personal', 'add-upgrade'));

    expect(teams.commands).toEqual([]);
    expect(teams.addresses.all.size).toBe(1);
  });

  test.each([
    ['uninstalled', installation('group', 'remove')],
    ['thrown out', membership('group', { membersRemoved: [{ id: bot.id }] })],
  ])('is forgotten when the bot is %s', async (_how, activity) => {
    await teams.send(installation('group', 'add'));

    await teams.send(activity);

    expect(teams.addresses.all.size).toBe(0);
  });

  test('is kept when somebody else leaves', async () => {
    await teams.send(installation('group', 'add'));

    await teams.send(membership('group', { membersRemoved: [{ id: '29:zoe' }] }));

    expect(teams.addresses.all.size).toBe(1);
  });

  test('writes a conversation once, however much is said in it', async () => {
    for (let turn = 0; turn < 3; turn += 1) await teams.send(message('personal', 'hello'));

    expect(teams.addresses.writes).toBe(1);
  });
});

import { usersOf } from '../support/deleted-scenes';
import { openDemoStory } from '../support/doors/demo-story-door';
import type { OpenStory, Story } from '../support/doors/open-story';
import { openSlackStory } from '../support/doors/slack-story-door';
import { sees } from '../support/doors/story-door';
import { openTeamsStory } from '../support/doors/teams-story-door';
import { whatHappened } from '../support/doors/what-happened';

/** What an operator reads, whichever the chat. */
interface Script {
  readonly asked: string;
  readonly form: string;
  readonly wrong: string;
  readonly created: string;
  readonly waiting: string;
  readonly opened: string;
  readonly found: string;
  readonly user: string;
  readonly ask: string;
  readonly consequence: string;
  readonly deleted: string;
  readonly restored: string;
  readonly askForAll: string;
  readonly allDeleted: string;
  readonly reminded: string;
  readonly soonLost: string;
  readonly askToRestore: string;
  readonly askToLetGo: string;
  readonly letGo: string;
  readonly askToSnooze: string;
  readonly snoozed: string;
}

const scripts: Readonly<Record<'en' | 'fr', Script>> = {
  en: {
    asked: 'Which customer is it for?',
    form: 'Add a user',
    wrong: 'Allowed are letters without accents',
    created: 'Account created',
    waiting: 'Waiting: nobody has opened the link yet.',
    opened: 'Opened on 22 November 2026',
    found: 'Users (1)',
    user: 'Last actions',
    ask: 'Delete this user?',
    consequence: 'can be restored until 22 December 2026',
    deleted: 'User deleted',
    restored: 'User restored',
    askForAll: 'Delete these 3 users?',
    allDeleted: '3 users deleted',
    reminded: 'This chat is reminded before the time is over.',
    soonLost: '3 deleted users will be lost soon',
    askToRestore: 'Restore this user?',
    askToLetGo: 'Let this user go?',
    letGo: 'Nobody is reminded any more',
    askToSnooze: 'Snooze this user',
    snoozed: 'Snoozed until 18 December 2026',
  },
  fr: {
    asked: 'Pour quel client\u202f?',
    form: 'Ajouter un utilisateur',
    wrong: 'Sont admis les lettres sans accent',
    created: 'Compte créé',
    waiting: 'En attente\u202f: personne n’a encore ouvert le lien.',
    opened: 'Ouvert le 22 novembre 2026',
    found: 'Utilisateurs (1)',
    user: 'Dernières actions',
    ask: 'Supprimer cet utilisateur\u202f?',
    consequence: 'jusqu’au 22 décembre 2026',
    deleted: 'Utilisateur supprimé',
    restored: 'Utilisateur restauré',
    askForAll: 'Supprimer ces 3 utilisateurs\u202f?',
    allDeleted: '3 utilisateurs supprimés',
    reminded: 'Cette conversation recevra un rappel avant l’échéance.',
    soonLost: '3 utilisateurs supprimés seront bientôt perdus',
    askToRestore: 'Restaurer cet utilisateur\u202f?',
    askToLetGo: 'Laisser partir cet utilisateur\u202f?',
    letGo: 'Plus aucun rappel',
    askToSnooze: 'Reporter le rappel',
    snoozed: 'Reporté jusqu’au 18 décembre 2026',
  },
};

const doors = [openTeamsStory, openDemoStory, openSlackStory('http'), openSlackStory('socket')];

const day = 24 * 60 * 60 * 1000;
const zoe = { givenName: 'Zoé', surname: 'Durand', usageLocation: 'FR', licenses: 'ENTERPRISEPACK' };
const upn = 'zoe.durand@contoso.example';

/** Picks a customer on the way, adds a user with a wrong name first, and hands the password over. */
async function hire({ door, running }: Story, script: Script): Promise<void> {
  await door.type('/add-user');
  await sees(door, script.asked);
  await door.press('customers.pick', { row: 'Contoso Bakery' });
  await sees(door, script.form);

  await door.fill({ ...zoe, username: 'zoé durand' });
  await door.submit('add-user.save');
  await sees(door, script.wrong);
  expect(await door.values()).toMatchObject({ ...zoe, username: 'zoé durand' });
  expect(await running.rows('users')).toEqual([]);

  await door.fill({ username: 'zoe.durand' });
  await door.submit('add-user.save');
  await sees(door, script.created);

  await door.lookAway();
  const created = await sees(door, script.waiting);
  expect(created).toMatch(/^Contoso Bakery( {2}| · )contoso\.example/m);
  expect(created).not.toMatch(/[\w]{4}(-[\w]{4}){3}/);
  expect(await reveal(linkIn(created))).toMatch(/^[\w]{4}(-[\w]{4}){3}$/);
  await sees(door, script.opened);
}

/** Finds the user again, deletes it with the question first, and thinks better of it. */
async function deleteAndUndo({ door, running }: Story, script: Script): Promise<void> {
  await door.type('/users dur');
  await sees(door, script.found);
  await door.press('users.view', { row: upn });
  await sees(door, script.user);

  await door.press('delete-user.ask');
  const question = await sees(door, script.ask);
  for (const named of ['Contoso Bakery', 'Zoé Durand', upn, script.consequence])
    expect(question).toContain(named);
  expect(await running.rows('users', { state: 'deleted' })).toEqual([]);

  await door.press('delete-user.confirm');
  await sees(door, script.deleted);
  expect(await running.rows('users', { state: 'deleted' })).toHaveLength(1);

  await door.lookAway();
  await sees(door, script.deleted);
  await door.press('delete-user.undo');
  await sees(door, script.restored);
}

/** Three users are deleted; weeks later a card comes by itself, and each of them goes another way from there. */
async function beReminded({ door, running }: Story, script: Script): Promise<void> {
  await usersOf(running, ['adam', 'mia']);
  await door.type(`/delete-user ${upn} adam@contoso.example mia@contoso.example`);
  await sees(door, script.askForAll);
  await door.press('delete-user.confirm');
  expect(await sees(door, script.allDeleted)).toContain(script.reminded);
  await door.lookAway();

  running.clock.pass(25 * day);
  await running.remind();
  const digest = await sees(door, script.soonLost);
  for (const named of ['Contoso Bakery', upn, 'adam@contoso.example', 'mia@contoso.example'])
    expect(digest).toContain(named);

  await door.press('reminders.restore', { row: upn });
  await sees(door, script.askToRestore);
  await door.press('restore-user.confirm');
  await sees(door, script.restored);

  await door.press('reminders.let-go', { row: 'adam@contoso.example' });
  await sees(door, script.askToLetGo);
  await door.fill({ reason: 'Left for good' });
  await door.submit('reminders.let-go');
  await sees(door, script.letGo);
  await door.lookAway();

  await door.press('reminders.snooze', { row: 'mia@contoso.example' });
  await sees(door, script.askToSnooze);
  await door.submit('reminders.snooze');
  await sees(door, script.snoozed);
  await door.lookAway();
  await running.remind();
}

/** Answers what stands in MongoDB afterwards. */
async function tell(open: OpenStory, language: 'en' | 'fr') {
  const story = await open(language);
  try {
    await hire(story, scripts[language]);
    await deleteAndUndo(story, scripts[language]);
    await beReminded(story, scripts[language]);
    return await whatHappened(story);
  } catch (error) {
    throw new Error(`The story broke off at the door of ${story.door.operator}.`, { cause: error });
  } finally {
    await story.close();
  }
}

function linkIn(shown: string): string {
  const link = /http:\S+\/s\/[\w-]{43}/.exec(shown)?.[0];
  if (!link) throw new Error(`No link in: ${shown}`);
  return link;
}

async function reveal(link: string): Promise<string | undefined> {
  const page = await fetch(link, { method: 'POST', headers: { origin: new URL(link).origin } });
  return /data-field="password"[^>]*>([^<]*)</.exec(await page.text())?.[1];
}

describe('The same story at every door', () => {
  it.each(['en', 'fr'] as const)(
    'leaves the same in MongoDB, told in %s',
    async (language) => {
      const told = [];
      for (const open of doors) told.push(await tell(open, language));
      const [teams, ...others] = told;

      for (const other of others) expect(other).toEqual(teams);
      const by = { operator: 'the operator', outcome: 'success' };
      expect(teams).toMatchObject({
        users: [
          { displayName: 'adam', state: 'deleted' },
          { displayName: 'mia', state: 'deleted' },
          { displayName: 'Zoé Durand', state: 'active', licenses: ['ENTERPRISEPACK'] },
        ],
        secrets: [{ customer: 'Contoso Bakery', state: 'opened' }],
        reminded: [{ enabled: true, customers: ['Contoso Bakery'], operator: 'the operator', language }],
        reminders: Array.from({ length: 3 }, () => ({ state: 'sent', threshold: 7, attempts: 1 })),
        letGo: [{ by: 'the operator', reason: 'Left for good' }],
        snoozes: [{ by: 'the operator', until: '2026-12-18' }],
      });
      expect(teams?.audit).toMatchObject([
        { ...by, action: 'create_customer_user', target: upn },
        { action: 'reveal_hand_over', operator: 'system', outcome: 'success', target: upn },
        { ...by, action: 'delete_customer_user', target: upn },
        { ...by, action: 'restore_customer_user', target: upn },
        ...['adam', 'mia'].map((name) => ({
          action: 'create_customer_user',
          target: `${name}@contoso.example`,
        })),
        ...[upn, 'adam@contoso.example', 'mia@contoso.example'].map((target) => ({
          ...by,
          ...{ action: 'delete_customer_user', target },
        })),
        { ...by, action: 'restore_customer_user', target: upn },
        { ...by, action: 'update_reminders', target: 'adam@contoso.example' },
        { ...by, action: 'update_reminders', target: 'mia@contoso.example' },
      ]);
      expect(teams?.subscriptions).toContainEqual(
        expect.objectContaining({ skuPartNumber: 'ENTERPRISEPACK', consumed: 1 }),
      );
    },
    60_000,
  );
});

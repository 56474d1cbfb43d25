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
  },
};

const doors = [openTeamsStory, openDemoStory, openSlackStory('http'), openSlackStory('socket')];

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

/** Answers what stands in MongoDB afterwards. */
async function tell(open: OpenStory, language: 'en' | 'fr') {
  const story = await open(language);
  try {
    await hire(story, scripts[language]);
    await deleteAndUndo(story, scripts[language]);
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
      expect(teams).toMatchObject({
        users: [{ userPrincipalName: upn, state: 'active', licenses: ['ENTERPRISEPACK'] }],
        audit: [
          { action: 'create_customer_user', operator: 'the operator', outcome: 'success', target: upn },
          { action: 'reveal_hand_over', operator: 'system', outcome: 'success', target: upn },
          { action: 'delete_customer_user', operator: 'the operator', outcome: 'success', target: upn },
          { action: 'restore_customer_user', operator: 'the operator', outcome: 'success', target: upn },
        ],
        secrets: [{ customer: 'Contoso Bakery', state: 'opened' }],
      });
      expect(teams?.subscriptions).toContainEqual(
        expect.objectContaining({ skuPartNumber: 'ENTERPRISEPACK', consumed: 1 }),
      );
    },
    60_000,
  );
});

import { openDemoStory } from '../support/doors/demo-story-door';
import type { OpenStory, Story } from '../support/doors/open-story';
import { openSlackStory } from '../support/doors/slack-story-door';
import { sees } from '../support/doors/story-door';
import { openTeamsStory } from '../support/doors/teams-story-door';

const file = [
  'Prénom;Nom;Nom complet;Courrier;Mise à jour de l’état',
  'Zoé;Durand;Zoé Durand;zoe@contoso.example;',
  'Adam;Okoye;Adam Okoye;adam@contoso.example;',
  'Bo;;Bo;bo@elsewhere.example;',
  '',
].join('\r\n');

/** Drops a file in, chooses what it does not say, and hands all passwords over at once. */
async function importUsers({ door, running }: Story): Promise<void> {
  await door.type('/customers contoso');
  await sees(door, 'Contoso Bakery');
  await door.press('customers.pick', { row: 'Contoso Bakery' });
  await sees(door, 'Customer picked');

  await door.drop('utilisateurs.csv', file);
  expect(await sees(door, '2 users can be imported')).toContain('1 row is not ready');
  expect(await running.rows('users')).toEqual([]);

  await door.fill({ usageLocation: 'FR', licenses: 'ENTERPRISEPACK' });
  await door.submit('import.start');
  await sees(door, 'Import is running');
  await door.lookAway();
  await running.runImports();
  const result = await sees(door, '2 users created');
  expect(result).toMatch(/^Contoso Bakery\W+contoso\.example/);
  expect(result).not.toMatch(/[\w]{4}(-[\w]{4}){3}/);
  expect(await passwordsBehind(result)).toBe(2);
}

async function passwordsBehind(shown: string): Promise<number> {
  const link = /http:\S+\/s\/[\w-]{43}/.exec(shown)?.[0];
  if (!link) throw new Error(`No link in: ${shown}`);
  const page = await fetch(link, { method: 'POST', headers: { origin: new URL(link).origin } });
  return (await page.text()).match(/data-field="password"[^>]*>[\w-]{19}</g)?.length ?? 0;
}

async function leftBehind({ running }: Story): Promise<object> {
  const users = await running.rows('users');
  const imports = await running.rows('imports');
  return {
    users: users.map(({ upnLower, usageLocation, licenses, state }) => ({
      upnLower,
      usageLocation,
      licenses,
      state,
    })),
    imports: imports.map(({ state, total, created, skipped, failed }) => ({
      state,
      total,
      created,
      skipped,
      failed,
    })),
  };
}

const doors: Readonly<Record<string, OpenStory>> = {
  Teams: openTeamsStory,
  'the demo page': openDemoStory,
  Slack: openSlackStory('http'),
};

test.each(Object.entries(doors))('A file that is dropped into %s is imported', async (_name, open) => {
  const story = await open('en');

  try {
    await importUsers(story);

    const user = { usageLocation: 'FR', licenses: ['ENTERPRISEPACK'], state: 'active' };
    expect(await leftBehind(story)).toEqual({
      users: [
        { ...user, upnLower: 'zoe@contoso.example' },
        { ...user, upnLower: 'adam@contoso.example' },
      ],
      imports: [{ state: 'done', total: 3, created: 2, skipped: 0, failed: 1 }],
    });
  } finally {
    await story.close();
  }
});

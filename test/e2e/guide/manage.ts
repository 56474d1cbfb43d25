import type { Locator } from 'playwright-core';
import { ask, choose, fill, press, tick, upnOf, type Day } from './day';

/** Finds users, gives licenses to several, changes one and resets its password. */
export async function manage(day: Day): Promise<void> {
  await find(day);
  await giveToSeveral(day);
  await edit(day);
  await resetPassword(day);
}

const added = 2;

async function find(day: Day): Promise<void> {
  const { client, sought, staff } = day;
  const { t } = client;
  const all = staff.names.length + added;
  const list = await ask(day, '/users', t('users.title', { number: all }));
  await client.picture('users', list);
  await client.say(`/users ${sought.typed}`);
  const found = await client.card(t('users.title', { number: 1 }));
  await found.getByText(upnOf(day, sought.name)).waitFor();
  await client.picture('users-found', found);

  await fill(found, t('users.searchLabel'), '');
  await choose(found, t('users.filterLabel'), t('users.filterBlocked'));
  await press(found, t('common.search'));
  const blocked = await client.card(t('users.title', { number: 1 }));
  await blocked.getByText(upnOf(day, staff.names[5]!)).waitFor();
  expect(await blocked.getByText(sought.name).count()).toBe(0);
}

async function giveToSeveral(day: Day): Promise<void> {
  const { client, staff, rare } = day;
  const { t } = client;
  const sorted = [...staff.names].sort((a, b) => a.localeCompare(b, 'fr'));
  const list = await ask(day, '/users', t('users.title', { number: staff.names.length + added }));
  await press(list, t('users.select'));
  await list.getByText(t('users.ticked', { count: 0 })).waitFor();
  await tick(list, t('users.tick'), sorted[7]!);
  await press(list, t('common.next'));
  await list.getByText(t('users.ticked', { count: 1 })).waitFor();
  await tick(list, t('users.tick'), sorted[11]!);
  await tick(list, t('users.tick'), sorted[12]!);
  await press(list, t('common.previous'));
  await list.getByText(t('users.ticked', { count: 3 })).waitFor();
  await client.picture('users-ticked', list);
  await press(list, t('users.licenses'));
  const form = await client.card(t('licenses.title', { count: 3 }));
  await tick(form, t('licenses.assign'), rare);
  await client.picture('licenses-of-several', form);
  await press(form, t('licenses.save'));
  const saved = await client.card(t('licenses-saved.title.partly'));
  await saved
    .getByText(t('licenses-saved.shortage', { count: 2, products: rare }))
    .first()
    .waitFor();
  await client.picture('licenses-shortage', saved);
}

async function edit(day: Day): Promise<void> {
  const { client, sought, hired, department } = day;
  const { t } = client;
  await ask(day, '/user', t('matches.title.first'));
  await client.say(`/user ${upnOf(day, sought.name)}`);
  const user = await userCard(day);
  await client.picture('user', user);
  await press(user, t('user.edit'));
  const form = await client.card(t('edit-user.title'));
  await fill(form, t('edit-user.jobTitle'), hired.job);
  await fill(form, t('edit-user.department'), department);
  await client.picture('edit-user', form);
  await press(form, t('edit-user.save'));
  const question = await client.card(t('edit-user-confirm.title'));
  await question.getByText(hired.job).waitFor();
  await client.picture('edit-user-question', question);
  await press(question, t('edit-user-confirm.confirm'));
  const saved = await client.card(t('edit-user-saved.title'));
  await press(saved, t('edit-user-saved.view'));
  const changed = await userCard(day);
  await changed.getByText(hired.job).waitFor();
}

/** The card of one user is headed by the name, which is no heading of ours. */
async function userCard({ client, sought }: Day): Promise<Locator> {
  const card = client.page
    .locator('.card')
    .filter({ hasText: client.t('user.actions') })
    .last();
  await card.getByText(sought.name).first().waitFor();
  return card;
}

async function resetPassword(day: Day): Promise<void> {
  const { client, sought } = day;
  const { t } = client;
  await press(await userCard(day), t('user.reset'));
  const question = await client.card(t('reset-password.question', { count: 1 }));
  await question.getByText(upnOf(day, sought.name)).waitFor();
  await client.picture('reset-question', question);
  await press(question, t('reset-password.confirm'));
  const done = await client.card(t('hand-over.title.reset', { count: 1 }));
  await done.getByText(/\/s\/[\w-]{43}/).waitFor();
  await client.picture('password-reset', done);
}

import type { Locator } from 'playwright-core';
import { ask, fill, press, upnOf, type Day } from './day';

/** Deletes a user, undoes it, deletes again, and restores the user after somebody else took the name. */
export async function deleteAndRestore(day: Day): Promise<void> {
  await deleteAndUndo(day);
  await deleteForGood(day);
  await takeTheName(day);
  await restore(day);
}

async function askToDelete(day: Day): Promise<Locator> {
  const { client, sought } = day;
  const { t } = client;
  const command = `/delete-user ${upnOf(day, sought.name)}`;
  const question = await ask(day, command, t('delete-user.question', { count: 1 }));
  await question.getByText(upnOf(day, sought.name)).waitFor();
  await question.getByText(day.customer).waitFor();
  return question;
}

async function deleteAndUndo(day: Day): Promise<void> {
  const { client } = day;
  const { t } = client;
  const question = await askToDelete(day);
  await client.picture('delete-question', question);
  await press(question, t('delete-user.confirm'));
  const deleted = await client.card(t('user-deleted.title', { count: 1 }));
  await client.picture('user-deleted', deleted);
  await press(deleted, t('user-deleted.undo'));
  await client.card(t('user-restored.title', { count: 1 }));
}

async function deleteForGood(day: Day): Promise<void> {
  const { t, card } = day.client;
  await press(await askToDelete(day), t('delete-user.confirm'));
  await card(t('user-deleted.title', { count: 1 }));
}

async function takeTheName(day: Day): Promise<void> {
  const { client, sought } = day;
  const { t } = client;
  const form = await ask(day, '/add-user', t('add-user.title'));
  await fill(form, t('add-user.displayName'), `${sought.name} 2`);
  await fill(form, t('add-user.username'), upnOf(day, sought.name));
  await press(form, t('add-user.save'));
  const done = await client.card(t('hand-over.title.created'));
  await done.getByText(`${sought.name} 2`).waitFor();
}

/** As it came from the server: 0 if it did not. */
const widthOfTimeLine = `(async () => {
  const image = [...document.images].filter(({ alt }) => alt.includes('30')).at(-1);
  await image.decode();
  return image.naturalWidth;
})()`;

async function restore(day: Day): Promise<void> {
  const { client, sought, staff } = day;
  const { t } = client;
  const number = Object.keys(staff.deleted).length + 1;
  const list = await ask(day, '/deleted-users', t('deleted-users.title', { number }));
  await list.getByRole('img', { name: /30/ }).waitFor();
  expect(await client.page.evaluate<number>(widthOfTimeLine)).toBeGreaterThan(100);
  await list.getByRole('checkbox', { name: sought.name }).check();
  await client.picture('deleted-users', list);
  await press(list, t('deleted-users.restore'));
  const question = await client.card(t('restore-user.question', { count: 1 }));
  const [name = ''] = upnOf(day, sought.name).split('@');
  const proposed = await question.getByRole('textbox').inputValue();
  expect(proposed.startsWith(name)).toBe(true);
  expect(proposed).not.toBe(name);
  await client.picture('restore-question', question);
  await press(question, t('restore-user.confirm'));
  const restored = await client.card(t('user-restored.title', { count: 1 }));
  await restored.getByText(proposed.split('@')[0]!).first().waitFor();
  await client.picture('user-restored', restored);
}

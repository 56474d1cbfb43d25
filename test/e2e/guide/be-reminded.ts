import { ask, choose, press, type Day } from './day';

/** The card about the users that are lost soon has come by itself: each of them goes another way from there. */
export async function beReminded(day: Day): Promise<void> {
  await askForSummary(day);
  await letGo(day);
  await snooze(day);
  await restoreFromReminder(day);
}

async function askForSummary(day: Day): Promise<void> {
  const { client } = day;
  const { t } = client;
  await day.leaveLinkUnopened();
  const form = await ask(day, '/reminders', t('reminders.title.personal'));
  await choose(form, t('reminders.summary'), t('reminders.yes'));
  await client.picture('reminders', form);
  // Whatever time it is, the hour has come.
  await choose(form, t('reminders.hour'), '00:00');
  await press(form, t('common.save'));
  const saved = await client.card(t('reminders-saved.on.personal'));
  await saved.getByText(t('reminders-saved.summary')).waitFor();
  const summary = await client.card(t('reminder-summary.title'));
  await summary.getByText(t('reminder-summary.links', { count: 1 })).waitFor();
  await client.picture('summary', summary);
}

async function letGo(day: Day): Promise<void> {
  const { client } = day;
  const { t } = client;
  const digest = await client.card(t('reminder-digest.title', { count: 2 }));
  await client.picture('reminder', digest);
  await digest
    .getByRole('button', { name: t('reminder-digest.letGoButton') })
    .first()
    .click();
  const form = await client.card(t('reminder-let-go.title'));
  await form.getByRole('textbox').fill(day.reason);
  await client.picture('let-go', form);
  await press(form, t('reminder-let-go.save'));
  await client.card(t('reminder-user.let-go'));
  await digest.getByText(day.reason).waitFor();
}

async function snooze(day: Day): Promise<void> {
  const { client } = day;
  const { t } = client;
  const digest = await client.card(t('reminder-digest.title', { count: 2 }));
  await press(digest, t('reminder-digest.snoozeButton'));
  const form = await client.card(t('reminder-snooze.title'));
  await client.picture('snooze', form);
  await press(form, t('reminder-snooze.save'));
  await form.waitFor({ state: 'detached' });
}

async function restoreFromReminder(day: Day): Promise<void> {
  const { client } = day;
  const { t } = client;
  const digest = await client.card(t('reminder-digest.title', { count: 2 }));
  await press(digest, t('reminder-digest.restore'));
  await press(await client.card(t('restore-user.question', { count: 1 })), t('restore-user.confirm'));
  await digest.getByText(`${t('user-deleted.restored')} `).waitFor();
  await client.picture('reminder-done', digest);
}

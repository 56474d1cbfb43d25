import { press, type Day } from './day';

/** Brings new people in from a file, one of them with a name that cannot be. */
export async function bringIn(day: Day): Promise<void> {
  const { client, staff } = day;
  const { t } = client;
  await client.say('/import');
  await client.picture('import', await client.card(t('import.title')));
  await client.page.locator('#file').setInputFiles({
    name: day.brought.file,
    mimeType: 'text/csv',
    buffer: Buffer.from(`\ufeff${day.brought.rows.join('\r\n')}\r\n`.replaceAll('@', `@${staff.domain}`)),
  });
  const checked = await client.card(t('import-checked.title.users', { count: 3 }));
  await client.picture('import-checked', checked);
  await press(checked, t('import-checked.start.users', { count: 3 }));
  const result = await client.card(t('import-result.title.done.users', { count: 3 }));
  await result.getByText('/s/').waitFor();
  await client.picture('import-result', result);
}

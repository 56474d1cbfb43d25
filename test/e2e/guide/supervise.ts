import type { Client } from './client';
import { ask, choose, press, tick, upnOf, type Day } from './day';

/** What the person in charge does: operators, the customer's products, and a look at who did what. */
export async function supervise(day: Day, newcomer: Client): Promise<void> {
  await addOperator(day);
  await beRefused(day, newcomer);
  await editCustomer(day);
  await audit(day);
}

async function addOperator(day: Day): Promise<void> {
  const { client } = day;
  const { t } = client;
  const list = await ask(day, '/operators', t('operators.title'));
  await list.getByText(/hugo/i).first().waitFor();
  await client.picture('operators', list);
  await press(list, t('operators.add'));
  const form = await client.card(t('operator-form.addTitle'));
  await choose(form, t('operator-form.person'), `web:${day.newcomer}`);
  await choose(form, t('operator-form.partnerRole'), t('roles.sales_agent'));
  await tick(form, t('operator-form.customers'), day.customer);
  await client.picture('add-operator', form);
  await press(form, t('common.save'));
  const saved = await client.card(t('operator-saved.added'));
  await saved.getByText(t('roles.sales_agent')).first().waitFor();
}

/** It counts from the newcomer's next action on. */
async function beRefused(day: Day, newcomer: Client): Promise<void> {
  const { t } = newcomer;
  await newcomer.say('/customers');
  await press(await newcomer.card(t('customers.title')), `${t('customers.pick')} ${day.customer}`);
  await newcomer.card(t('customer-picked.title'));
  await newcomer.say(`/delete-user ${upnOf(day, day.staff.names[0]!)}`);
  const denied = await newcomer.card(t('denied.title'));
  await denied.getByText(t('roles.admin_agent')).first().waitFor();
  await day.client.picture('refused', denied);
}

async function editCustomer(day: Day): Promise<void> {
  const { client, customer, bought } = day;
  const { t } = client;
  const list = await ask(day, `/customers ${day.staff.domain}`, t('customers.title'));
  await list.getByRole('button', { name: t('common.edit') }).click();
  const form = await client.card(t('customer-form.changeTitle'));
  const products = form.getByLabel(t('customer-form.subscriptions'), { exact: true });
  const before = await products.inputValue();
  const [sku = ''] = bought.split('=');
  const now = (seats: string): string => before.replace(new RegExp(`${sku}=\\d+`), seats);
  await products.fill(now(bought));
  await client.picture('edit-customer', form);
  await products.fill(now(`${sku}=1`));
  await press(form, t('common.save'));
  await form.getByText(t('faults.seats-in-use', { names: `${sku}=` }).replace(/\.$/, '')).waitFor();
  await client.picture('too-few-seats', form);
  await products.fill(now(bought));
  await press(form, t('common.save'));
  const saved = await client.card(t('customer-saved.changed'));
  await saved.getByText(customer).waitFor();
}

async function audit(day: Day): Promise<void> {
  const { client, sought } = day;
  const { t } = client;
  const trail = await ask(day, '/audit', t('audit.title'));
  await client.picture('audit', trail);
  await choose(trail, t('audit.action'), t('auditActions.delete_customer_user'));
  await press(trail, t('audit.show'));
  await trail.getByText('→').first().waitFor({ state: 'hidden' });
  await trail.getByText(t('auditOutcomes.denied')).waitFor();
  expect(await trail.getByText(upnOf(day, sought.name)).count()).toBe(2);
  await client.picture('audit-filtered', trail);
  await press(trail, t('audit.export'));
  const exported = await client.card(t('audit-exported.title'));
  await client.picture('audit-exported', exported);
  await client.page.evaluate('window.open = (address) => { window.opened = address; }');
  await exported.getByRole('link', { name: t('audit-exported.open') }).click();
  const csv = await (await fetch(await client.page.evaluate<string>('window.opened'))).text();
  expect(csv.trim().split('\r\n')).toHaveLength(1 + 3);
  expect(csv).toContain(upnOf(day, sought.name));
  expect(csv).not.toContain('create_customer_user');
}

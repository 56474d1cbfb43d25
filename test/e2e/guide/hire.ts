import { ask, choose, expectIn, fill, pickTyped, press, tick, upnOf, type Day } from './day';

/** From the first look at Rollcall to three new accounts: by hand, from a template, and like somebody else's. */
export async function hire(day: Day): Promise<void> {
  await pickCustomer(day);
  await fillInWrongly(day);
  await addByHand(day);
  await giveLicense(day);
  await saveTemplate(day);
  await addLikeSomebody(day);
}

async function pickCustomer(day: Day): Promise<void> {
  const { client, customer, staff } = day;
  await client.picture('start', await client.card(client.t('help.title')));
  const list = await ask(day, '/customers', client.t('customers.title'));
  await client.picture('customers', list);
  await press(list, `${client.t('customers.pick')} ${customer}`);
  const picked = await client.card(client.t('customer-picked.title'));
  await picked.getByText(customer).waitFor();
  await picked.getByText(staff.domain).first().waitFor();
  await client.picture('customer-picked', picked);
}

/** What is wrong stands at the field, and what was typed is kept. */
async function fillInWrongly(day: Day): Promise<void> {
  const { client, hired, usual } = day;
  const { t } = client;
  const form = await ask(day, '/add-user', t('add-user.title'));
  await fill(form, t('add-user.givenName'), hired.given);
  await fill(form, t('add-user.surname'), hired.family);
  await fill(form, t('add-user.username'), `${hired.given}.${hired.family}`.toLowerCase());
  await tick(form, t('add-user.licenses'), usual);
  await press(form, t('add-user.save'));
  await form.getByText(t('faults.not-allowed-characters')).waitFor();
  await form.getByText(t('faults.location-needed-for-license')).waitFor();
  await expectIn(form, t('add-user.surname'), hired.family);
  await client.picture('wrong-field', form);
}

async function addByHand(day: Day): Promise<void> {
  const { client, hired, usual } = day;
  const { t } = client;
  const upn = upnOf(day, `${hired.given} ${hired.family}`);
  const form = await ask(day, '/add-user', t('add-user.title'));
  await fill(form, t('add-user.givenName'), hired.given);
  await fill(form, t('add-user.surname'), hired.family);
  await fill(form, t('add-user.username'), upn.split('@')[0]!);
  await pickTyped(form, t('add-user.usageLocation'), day.country);
  await fill(form, t('add-user.jobTitle'), hired.job);
  await fill(form, t('add-user.department'), day.department);
  await tick(form, t('add-user.licenses'), usual);
  await client.picture('add-user', form);
  await press(form, t('add-user.save'));
  const done = await client.card(t('hand-over.title.created'));
  await done.getByText(upn).waitFor();
  await client.picture('account-created', done);
  await openLink(day, /http:\/\/127\.0\.0\.1:\d+\/s\/[\w-]{43}/.exec(await done.innerText())![0]);
  const opened = t('hand-over.state.opened', { at: '' }).replace(/[\s.]+$/, '');
  await done.getByText(opened).waitFor();
}

/** As the new user does, on another device. */
async function openLink({ client }: Day, link: string): Promise<void> {
  const page = await client.page.context().newPage();
  await page.setViewportSize({ width: 680, height: 560 });
  await page.goto(link);
  await client.picture('one-time-link', page.locator('body'));
  await page.getByRole('button', { name: client.t('handOver.waiting.button') }).click();
  expect(await page.locator('[data-field=password]').innerText()).toMatch(/^\w{4}(-\w{4}){3}$/);
  await page.close();
}

async function giveLicense({ client, rare, usual }: Day): Promise<void> {
  const { t } = client;
  const done = await client.card(t('hand-over.title.created'));
  await press(done, t('hand-over.licenses'));
  const form = await client.card(t('licenses.title', { count: 1 }));
  await tick(form, t('licenses.assign'), rare);
  await client.picture('licenses', form);
  await press(form, t('licenses.save'));
  const saved = await client.card(t('licenses-saved.title.all'));
  await saved.getByText(rare).first().waitFor();
  expect(await saved.getByText(usual).count()).toBe(0);
}

async function saveTemplate(day: Day): Promise<void> {
  const { client, template, usual } = day;
  const { t } = client;
  const form = await ask(day, '/add-user', t('add-user.title'));
  await press(form, t('add-user.templates'));
  const templates = await client.card(t('templates.title'));
  await fill(templates, t('templates.name'), template);
  await pickTyped(templates, t('templates.usageLocation'), day.country);
  await fill(templates, t('templates.department'), day.department);
  await tick(templates, t('templates.licenses'), usual);
  await press(templates, t('templates.save'));
  await templates.getByText(t('templates.saved', { name: template })).waitFor();
  await client.picture('templates', templates);
}

async function addLikeSomebody(day: Day): Promise<void> {
  const { client, template, alike, staff } = day;
  const { t } = client;
  await press(await client.card(t('templates.title')), t('common.addUser'));
  const form = await client.card(t('add-user.title'));
  await choose(form, t('add-user.template'), template);
  await press(form, t('add-user.useTemplate'));
  await form.getByText(t('add-user.took', { name: template })).waitFor();
  await expectIn(form, t('add-user.department'), day.department);
  await client.picture('from-template', form);

  await press(form, t('add-user.copy'));
  const colleague = staff.names[1]!;
  await choose(form, t('add-user.copyFrom'), `${colleague} – ${upnOf(day, colleague)}`);
  await press(form, t('add-user.takeOver'));
  await form.getByText(t('add-user.took', { name: `${colleague} (${upnOf(day, colleague)})` })).waitFor();
  await client.picture('copy-from-user', form);
  await fill(form, t('add-user.givenName'), alike.given);
  await fill(form, t('add-user.surname'), alike.family);
  await fill(form, t('add-user.username'), upnOf(day, `${alike.given} ${alike.family}`));
  await press(form, t('add-user.save'));
  const done = await client.card(t('hand-over.title.created'));
  await done
    .getByText(upnOf(day, `${alike.given} ${alike.family}`))
    .first()
    .waitFor();
}

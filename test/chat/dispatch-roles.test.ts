import { createSeal, type Seal } from '../../src/chat/seal';
import { newFormId } from '../../src/domain/hand-over';
import { partnerRoles, type PartnerRole } from '../../src/domain/permission';
import { sealKey } from '../../src/storage/setting';
import { realEntropy } from '../support/entropy';
import { openTestHouse, type TestHouse } from '../support/house';
import { addUser, hire, zoe } from '../support/scenes';

interface Scene {
  readonly number: number;
  readonly customerId: string;
  readonly userId: string;
  readonly deletedId: string;
  readonly handOverId: string;
  readonly row: string;
  readonly form: string;
  /** Somebody who may be removed. */
  readonly operator: string;
}

interface Expected {
  readonly allowed: readonly PartnerRole[];
  /** What the button's card froze. */
  frozen(scene: Scene): object;
  readonly answer: string;
  readonly values?: (number: number) => Readonly<Record<string, string>>;
}

const bosses = ['admin_agent', 'global_admin'] as const;
const creators = ['user_management_admin', ...bosses] as const;
const resetters = ['helpdesk_agent', ...creators] as const;
const viewers = ['sales_agent', ...resetters] as const;
const noImport = '64b7f0c2a1b2c3d4e5f60718';
const ofNoImport = ({ customerId }: Scene): object => ({ customerId, importId: noImport });
const titles: Readonly<Record<PartnerRole, string>> = {
  billing_admin: 'Billing admin',
  sales_agent: 'Sales agent',
  helpdesk_agent: 'Helpdesk agent',
  user_management_admin: 'User management admin',
  admin_agent: 'Admin agent',
  global_admin: 'Global admin',
};

/** Who may press what, as agreed with the partner: written here on its own, not read from the code. */
const table: Readonly<Record<string, Expected>> = {
  'help.open': { allowed: partnerRoles, frozen: () => ({}), answer: 'help' },
  'home.open': { allowed: partnerRoles, frozen: () => ({}), answer: 'home' },
  'customers.search': { allowed: partnerRoles, frozen: () => ({}), answer: 'customers' },
  'customers.page': { allowed: partnerRoles, frozen: () => ({ text: '' }), answer: 'customers' },
  'customers.pick': {
    allowed: partnerRoles,
    frozen: ({ customerId }) => ({ customerId }),
    answer: 'customer-picked',
  },
  'customers.add': { allowed: bosses, frozen: () => ({}), answer: 'customer-form' },
  'customers.edit': {
    allowed: bosses,
    frozen: ({ customerId }) => ({ customerId }),
    answer: 'customer-form',
  },
  'customers.save': {
    allowed: bosses,
    frozen: ({ form }) => ({ form }),
    answer: 'customer-saved',
    values: (number) => ({ name: 'Litware', defaultDomain: `litware${number}.example` }),
  },
  'add-user.open': { allowed: creators, frozen: ({ customerId }) => ({ customerId }), answer: 'add-user' },
  'add-user.again': {
    allowed: creators,
    frozen: ({ customerId, row, userId }) => ({ customerId, row, from: userId }),
    answer: 'add-user',
  },
  'add-user.save': {
    allowed: creators,
    frozen: ({ customerId, form, row }) => ({ customerId, form, row }),
    answer: 'hand-over',
    values: (number) => ({ ...zoe, username: `saved${number}` }),
  },
  'add-user.sheet': {
    allowed: resetters,
    frozen: ({ customerId, row, form }) => ({ customerId, row, form }),
    answer: 'hand-over',
  },
  'users.search': { allowed: viewers, frozen: ({ customerId }) => ({ customerId }), answer: 'users' },
  'users.page': {
    allowed: viewers,
    frozen: ({ customerId }) => ({ customerId, text: 'zo' }),
    answer: 'users',
  },
  'users.select': {
    allowed: viewers,
    frozen: ({ customerId, userId }) => ({ customerId, userIds: userId, page: userId }),
    answer: 'users',
  },
  'users.view': {
    allowed: viewers,
    frozen: ({ customerId, userId }) => ({ customerId, userIds: userId }),
    answer: 'user',
  },
  'add-user.copy': {
    allowed: creators,
    frozen: ({ customerId, form, row }) => ({ customerId, form, row }),
    answer: 'add-user',
  },
  'add-user.template': {
    allowed: creators,
    frozen: ({ customerId, form, row }) => ({ customerId, form, row }),
    answer: 'add-user',
  },
  'templates.open': { allowed: creators, frozen: ({ customerId }) => ({ customerId }), answer: 'templates' },
  'templates.save': {
    allowed: creators,
    frozen: ({ customerId, form }) => ({ customerId, form }),
    answer: 'templates',
    values: (number) => ({ name: `Baker ${number}` }),
  },
  'templates.remove': {
    allowed: creators,
    frozen: ({ customerId, form }) => ({ customerId, form, templateId: 'x' }),
    answer: 'templates',
  },
  'delete-user.ask': {
    allowed: creators,
    frozen: ({ customerId, userId }) => ({ customerId, userIds: userId }),
    answer: 'delete-user',
  },
  'delete-user.confirm': {
    allowed: creators,
    frozen: ({ customerId, userId, form }) => ({ customerId, userIds: userId, form }),
    answer: 'user-deleted',
  },
  'delete-user.undo': {
    allowed: creators,
    frozen: ({ customerId, deletedId, form }) => ({ customerId, userIds: deletedId, form }),
    answer: 'user-restored',
  },
  'deleted-users.page': {
    allowed: viewers,
    frozen: ({ customerId }) => ({ customerId }),
    answer: 'deleted-users',
  },
  'restore-user.ask': {
    allowed: creators,
    frozen: ({ customerId, deletedId }) => ({ customerId, userIds: deletedId }),
    answer: 'restore-user',
  },
  'restore-user.confirm': {
    allowed: creators,
    frozen: ({ customerId, deletedId, form }) => ({ customerId, userIds: deletedId, form }),
    answer: 'user-restored',
    values: (number) => ({ username: `back${number}` }),
  },
  'edit-user.open': {
    allowed: creators,
    frozen: ({ customerId, userId }) => ({ customerId, userId }),
    answer: 'edit-user',
  },
  'edit-user.save': {
    allowed: creators,
    frozen: ({ customerId, userId, form }) => ({ customerId, userId, form, seen: '', marks: '' }),
    answer: 'edit-user',
  },
  'edit-user.confirm': {
    allowed: creators,
    frozen: ({ customerId, userId, form }) => ({
      ...{ customerId, userId, form, seen: '', marks: '' },
      change: { jobTitle: 'Baker' },
    }),
    answer: 'edit-user',
  },
  'licenses.open': {
    allowed: viewers,
    frozen: ({ customerId, userId }) => ({ customerId, userIds: userId }),
    answer: 'licenses',
  },
  'import.open': { allowed: viewers, frozen: ({ customerId }) => ({ customerId }), answer: 'import' },
  'import.start': {
    allowed: viewers,
    frozen: ({ customerId, form }) => ({ customerId, importId: noImport, form }),
    answer: 'import-gone',
  },
  'import.cancel': { allowed: viewers, frozen: ofNoImport, answer: 'import-gone' },
  'import.refresh': { allowed: viewers, frozen: ofNoImport, answer: 'import-gone' },
  'import.letters': { allowed: creators, frozen: ofNoImport, answer: 'import-gone' },
  'import.sheet': {
    allowed: resetters,
    frozen: (given) => ({ ...ofNoImport(given), scope: 'everyone' }),
    answer: 'import-gone',
  },
  'import.undo': { allowed: creators, frozen: ofNoImport, answer: 'import-gone' },
  'licenses.save': {
    allowed: viewers,
    frozen: ({ customerId, userId, form }) => ({ customerId, userIds: userId, form }),
    answer: 'licenses-saved',
    values: () => ({ remove: 'ENTERPRISEPACK' }),
  },
  'reset-password.ask': {
    allowed: resetters,
    frozen: ({ customerId, userId }) => ({ customerId, userIds: userId }),
    answer: 'reset-password',
  },
  'reset-password.confirm': {
    allowed: resetters,
    frozen: ({ customerId, userId, form }) => ({ customerId, userIds: userId, form }),
    answer: 'hand-over',
  },
  'hand-over.refresh': {
    allowed: viewers,
    frozen: ({ customerId, handOverId }) => ({ customerId, handOverId, title: 'created' }),
    answer: 'hand-over',
  },
  'hand-over.ask': {
    allowed: resetters,
    frozen: ({ customerId, handOverId }) => ({ customerId, handOverId, title: 'created' }),
    answer: 'hand-over-ask',
  },
  'hand-over.issue': {
    allowed: resetters,
    frozen: ({ customerId, handOverId, form }) => ({ customerId, handOverId, form }),
    answer: 'hand-over',
  },
  'hand-over.mail': {
    allowed: resetters,
    frozen: ({ customerId, handOverId, form }) => ({ customerId, handOverId, form, title: 'created' }),
    answer: 'hand-over',
    values: () => ({ email: 'zoe@home.example' }),
  },
  'audit.page': { allowed: creators, frozen: ({ customerId }) => ({ customerId }), answer: 'audit' },
  'audit.export': {
    allowed: creators,
    frozen: ({ customerId, form }) => ({ customerId, form }),
    answer: 'audit-exported',
  },
  'reminders.open': {
    allowed: viewers,
    frozen: () => ({ conversation: 'demo:here', kind: 'personal' }),
    answer: 'reminders',
  },
  'reminders.save': {
    allowed: viewers,
    frozen: ({ form }) => ({ form, conversation: 'demo:here', kind: 'personal' }),
    answer: 'reminders-saved',
    values: () => ({ customers: 'all', days: '7', hour: '8', timeZone: 'UTC', language: 'en' }),
  },
  'reminders.restore': {
    allowed: viewers,
    frozen: ({ customerId }) => ({ customerId }),
    answer: 'deleted-users',
  },
  'reminders.let-go': {
    allowed: viewers,
    frozen: ({ customerId, deletedId, form }) => ({
      ...{ customerId, userId: deletedId, conversation: 'demo:here', form },
    }),
    answer: 'reminder-user',
  },
  'reminders.snooze': {
    allowed: viewers,
    frozen: ({ customerId, deletedId }) => ({ customerId, userId: deletedId, conversation: 'demo:here' }),
    answer: 'reminder-snooze',
  },
  'operators.open': { allowed: bosses, frozen: () => ({}), answer: 'operators' },
  'operators.save': {
    allowed: bosses,
    frozen: ({ form }) => ({ form }),
    answer: 'operator-saved',
    values: (number) => ({ operator: `web:new-${number}`, partnerRole: 'sales_agent', customers: 'all' }),
  },
  'operators.remove': {
    allowed: bosses,
    frozen: ({ form, operator }) => ({ form, operator }),
    answer: 'operator-saved',
  },
};

/** What a refused press is called in the audit, by verb or by feature. */
const audited: Readonly<Record<string, string>> = {
  'customers.add': 'create_customer',
  customers: 'update_customer',
  'add-user.sheet': 'reset_customer_user_password',
  'add-user': 'create_customer_user',
  templates: 'create_customer_user',
  users: 'list_customer_users',
  'delete-user.undo': 'restore_customer_user',
  'delete-user': 'delete_customer_user',
  'deleted-users': 'list_customer_users',
  'restore-user': 'restore_customer_user',
  'edit-user': 'update_customer_user',
  licenses: 'update_customer_user_licenses',
  'reset-password': 'reset_customer_user_password',
  'hand-over.refresh': 'list_customer_users',
  'hand-over': 'reset_customer_user_password',
  'audit.export': 'export_audit',
  audit: 'list_customer_users',
  'operators.remove': 'remove_operator',
  'import.undo': 'undo_customer_user_import',
  'import.sheet': 'reset_customer_user_password',
  import: 'import_customer_users',
  operators: 'update_operator',
  'hand-over.mail': 'send_hand_over',
  reminders: 'update_reminders',
  'reminders.restore': 'list_customer_users',
};
const auditedAs = (verb: string): string | undefined => audited[verb] ?? audited[verb.split('.')[0]!];

let world: TestHouse;
let seal: Seal;
let number = 0;
/** For presses that change nothing. */
let scene: Scene;
beforeAll(async () => {
  world = await openTestHouse();
  seal = createSeal(await sealKey(world.house.records, realEntropy));
  for (const role of partnerRoles) await hire(world, `web:${role}`, role);
  scene = await setScene();
});
afterAll(() => world.close());

async function setScene(): Promise<Scene> {
  number += 1;
  await addUser(world, { username: `user${number}` });
  const upnLower = `user${number}@contoso.example`;
  const [user] = await world.rows('users', { upnLower });
  const userId = String(user?._id);
  const [handOver] = await world.rows('secrets', { userIds: userId });
  const { _id, customerId, row } = handOver as Record<string, string>;
  const deletedId = await deletedLike(user ?? {}, number);
  const form = newFormId(realEntropy);
  const operator = `web:other-${number}`;
  await hire(world, operator, 'sales_agent');
  return { customerId: customerId!, userId, deletedId, handOverId: _id!, row: row!, form, operator, number };
}

/** A user who was deleted, like this one but for the name. */
async function deletedLike(user: Record<string, unknown>, number: number): Promise<string> {
  const _id = `${String(user._id)}-deleted`;
  const upnLower = `gone${number}@contoso.example`;
  const deletedAt = world.clock.now();
  const deleted = { state: 'deleted', deletedAt, deletedBy: 'web:ada', deletion: _id, restoreBy: deletedAt };
  const row = { ...user, _id, licenses: [], upnLower, userPrincipalName: upnLower, ...deleted };
  await world.database.connection.collection<{ _id: string }>('users').insertOne(row);
  return _id;
}

/** Everything that a step could have changed. */
async function stored(): Promise<string> {
  const names = [
    'users',
    'customers',
    'subscriptions',
    'secrets',
    'effects',
    'choices',
    'auditDetails',
    'operators',
    'templates',
  ];
  return JSON.stringify(await Promise.all(names.map((name) => world.rows(name))));
}

const denied = () => world.rows('audit', { outcome: 'denied' });

it('knows every button of the house, so that a new one cannot be forgotten here', () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(world.house.router.routes).sort());
});

describe.each(partnerRoles)('As %s', (role) => {
  it.each(Object.keys(table).filter((verb) => table[verb]!.allowed.includes(role)))(
    '%s acts',
    async (verb) => {
      const { frozen, values, answer } = table[verb]!;
      const { effect } = world.house.router.routes[verb]!;
      const data = {
        frozen: seal.close(verb, frozen(effect ? await setScene() : scene)),
        ...values?.(number),
      };
      const before = await denied();

      const shown = await world.chat(`web:${role}`).send({ kind: 'pressed', verb, data });

      expect(shown.name).toBe(answer);
      expect(await denied()).toHaveLength(before.length);
    },
  );

  const refused = Object.keys(table).filter((verb) => !table[verb]!.allowed.includes(role));
  if (refused.length === 0) return;
  it.each(refused)('%s does nothing, says who could, and is audited once', async (verb) => {
    const { frozen, values, allowed } = table[verb]!;
    const data = { frozen: seal.close(verb, frozen(scene)), ...values?.(number) };
    const [before, entries] = [await stored(), await denied()];

    const shown = await world.chat(`web:${role}`).send({ kind: 'pressed', verb, data });

    expect(shown.name).toBe('denied');
    expect(shown.text.match(/^– .*/gm)).toEqual(allowed.map((one) => `– ${titles[one]}`));
    expect(await stored()).toEqual(before);
    const after = await denied();
    expect(after).toHaveLength(entries.length + 1);
    const customerId = 'customerId' in data.frozen ? scene.customerId : null;
    expect(after.at(-1)).toMatchObject({ operator: `web:${role}`, customerId, action: auditedAs(verb) });
    expect(after.at(-1)?.target).toBe(targetOf(data.frozen, scene));
  });

  it.each(Object.entries({ '/rollcall': 'help', '/customers': 'customers' }))(
    'typing %s acts',
    async (line, name) => {
      expect((await world.chat(`web:${role}`).type(line)).name).toBe(name);
    },
  );
});

/** Whom a refused press would have touched first. */
function targetOf(frozen: object, scene: Scene): string {
  const text = JSON.stringify(frozen);
  const names = 'userId' in frozen || 'userIds' in frozen;
  if (names && text.includes(scene.deletedId)) return `gone${scene.number}@contoso.example`;
  if (names) return `user${scene.number}@contoso.example`;
  return 'operator' in frozen ? scene.operator : '';
}

describe.each(partnerRoles)('Typed by %s', (role) => {
  const leadsTo = (line: string) => world.house.router.commands[line]!;

  it('each command is refused and audited exactly where its button is', async () => {
    const chat = world.chat(`web:${role}`);
    for (const line of Object.keys(world.house.router.commands)) {
      const allowed = table[leadsTo(line)]!.allowed.includes(role);
      const [before, entries] = [await stored(), await denied()];

      const shown = await chat.type(`/${line}`);

      expect([line, shown.name === 'denied']).toEqual([line, !allowed]);
      const after = await denied();
      expect(after).toHaveLength(entries.length + (allowed ? 0 : 1));
      if (!allowed) expect(after.at(-1)).toMatchObject({ action: auditedAs(leadsTo(line)) });
      expect([line, await stored()]).toEqual([line, before]);
    }
  });
});

it('denies a person whose stored role is none that is known', async () => {
  await world.database.connection
    .collection('operators')
    .insertOne({ operator: 'web:odd', partnerRole: 'owner', customers: 'all' });

  for (const line of ['/rollcall', '/customers', '/add-user']) {
    expect((await world.chat('web:odd').type(line)).name).toBe('not-an-operator');
  }
});

it.each([null, 'every', { $ne: 1 }, [1]])(
  'denies a person whose stored customers are %j',
  async (customers) => {
    const operator = `web:odd-${JSON.stringify(customers)}`;
    await world.database.connection
      .collection('operators')
      .insertOne({ operator, partnerRole: 'admin_agent', customers });

    expect((await world.chat(operator).type('/customers')).name).toBe('not-an-operator');
  },
);

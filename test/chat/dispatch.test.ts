import type { Admit } from '../../src/chat/admission';
import { createDispatch } from '../../src/chat/dispatch';
import type { Command } from '../../src/chat/door';
import { createMetrics } from '../../src/telemetry/metrics';
import { realEntropy } from '../support/entropy';
import { openTestHouse, type TestHouse } from '../support/house';
import { createRememberingLog } from '../support/remembering-log';
import { readCard } from '../support/rendered-card';
import { hire, openForm, verbsOn, zoe } from '../support/scenes';

let world: TestHouse;
beforeAll(async () => {
  world = await openTestHouse();
});
afterEach(async () => {
  for (const name of ['users', 'audit', 'effects', 'secrets', 'choices']) {
    await world.database.connection.collection(name).deleteMany({});
  }
});
afterAll(() => world.close());

const press = (verb: string, data: unknown, operator?: string) =>
  world.chat(operator).send({ kind: 'pressed', verb, data });

describe('A line that is typed', () => {
  it.each(['/rollcall', 'rollcall', '', '/ROLLCALL'])('is the help: "%s"', async (line) => {
    const shown = await world.chat().type(line);

    expect(shown.name).toBe('help');
    expect(shown.answer).toMatchObject({ audience: 'conversation', place: 'below' });
    expect(verbsOn(shown)).toEqual(expect.arrayContaining(['customers.search', 'add-user.open']));
  });

  it('that is no command is answered with the nearest one, as a button, and with the help', async () => {
    const shown = await world.chat().type('/add_usr');

    expect(shown.text).toContain('You typed: /add_usr');
    expect(shown.text).toContain('Did you mean: /add-user');
    expect(verbsOn(shown)).toEqual(['add-user.open', 'help.open']);
    expect((await world.chat().press(shown, '/add-user')).name).toBe('customers');
  });

  it('that is near to nothing is answered with the help alone, and its signs mean nothing', async () => {
    const shown = await world.chat().type('[x](http://evil.example)${1+1} **bold**');

    expect(verbsOn(shown)).toEqual(['help.open']);
    expect(shown.text).toContain('You typed: [x](http://evil.example)${1+1}');
  });

  it('that is a whole book is answered with a card that fits into a message', async () => {
    for (const line of [
      'x'.repeat(500_000),
      `/customers ${'é'.repeat(500_000)}`,
      'rollcall '.repeat(50_000),
    ]) {
      const shown = await world.chat().type(line);

      expect(JSON.stringify(shown.json).length).toBeLessThan(28_000);
    }
  });
});

describe('Somebody who is no operator', () => {
  it.each(['/rollcall', '/customers', '/add-user'])(
    'is told how to ask and with which id, and it is audited: %s',
    async (line) => {
      const shown = await world.chat('web:eve').type(line);

      expect(shown.name).toBe('not-an-operator');
      expect(shown.text).toContain('Ask an admin agent');
      expect(shown.text).toContain('web:eve');
      expect(verbsOn(shown)).toEqual([]);
      expect(await world.rows('audit')).toMatchObject([{ operator: 'web:eve', outcome: 'denied' }]);
    },
  );

  it('has no effect with a form that an operator was shown', async () => {
    const form = await openForm(world.chat());

    const shown = await world.chat('web:eve').press(form, 'add-user.save', zoe);

    expect(shown.name).toBe('not-an-operator');
    expect(shown.text).not.toContain('Contoso');
    expect(await world.rows('users')).toEqual([]);
    expect(await world.rows('audit')).toMatchObject([{ action: 'create_customer_user', outcome: 'denied' }]);
  });
});

it('A command refused for want of a right is audited for the customer that was picked', async () => {
  await hire(world, 'web:sam', 'sales_agent');
  const chat = world.chat('web:sam');
  await chat.press(await chat.type('/customers contoso'), 'customers.pick');

  const shown = await chat.type('/delete-user zoe@contoso.example');

  expect(shown.name).toBe('denied');
  const [contoso] = await world.rows('customers', { defaultDomain: 'contoso.example' });
  expect(await world.rows('audit', { outcome: 'denied' })).toMatchObject([
    { operator: 'web:sam', action: 'delete_customer_user', customerId: contoso?._id },
  ]);
});

describe('A press that no card of this house can have sent', () => {
  const verbs = [
    'no.such',
    '',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'x'.repeat(100_000),
  ];

  it.each(verbs.map((verb) => [verb.slice(0, 20), verb]))(
    'has no effect by the verb "%s"',
    async (_, verb) => {
      const shown = await press(verb, {});

      expect(shown.name).toBe('stale');
      expect(await world.rows('audit')).toMatchObject([{ operator: 'web:ada', outcome: 'denied' }]);
      expect(world.log.lines.join()).not.toContain('unexpectedly');
    },
  );

  const nested = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'frozen'],
    ['a number', 1],
    ['a list', [{ frozen: {} }]],
    ['a frozen list', { frozen: [] }],
    ['a frozen text', { frozen: '{}' }],
    ['a frozen null', { frozen: null }],
    ['a frozen query', { frozen: { customerId: { $ne: null }, form: 'x', row: 'r', seal: 'x' } }],
    ['endless nesting', { frozen: { customerId: nested, seal: 'x' } }],
    ['endless text', { frozen: { customerId: 'x'.repeat(1_000_000), seal: 'y'.repeat(1_000_000) } }],
    ['a prototype', JSON.parse('{"__proto__":{"frozen":{}},"frozen":{"__proto__":{"customerId":"x"}}}')],
  ])('has no effect with %s, at any button that needs its card', async (_, data) => {
    const needing = Object.keys(world.house.router.routes).filter(
      (verb) => !world.house.router.routes[verb]!.typed,
    );

    for (const verb of needing) expect((await press(verb, data)).name).toBe('stale');

    const entries = await world.rows('audit', { outcome: 'denied' });
    expect(entries).toHaveLength(needing.length);
    for (const name of ['users', 'effects', 'secrets', 'choices']) expect(await world.rows(name)).toEqual([]);
  });
});

describe('Inputs that no form of this house can have sent', () => {
  it.each<[string, unknown]>([
    ['an object', { $ne: '' }],
    ['a list', ['a', 'b']],
    ['null', null],
    ['nothing', undefined],
  ])('are as good as empty: %s', async (_, value) => {
    const form = await openForm(world.chat());
    const { data } = form.buttons.find(({ verb }) => verb === 'add-user.save')!;

    const shown = await press('add-user.save', { ...data, ...zoe, username: value });

    expect(shown.fault('username')).toBe('This field is required.');
    expect(await world.rows('users')).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['a number', 42, '42@contoso.example'],
    ['a truth', true, 'true@contoso.example'],
  ])('are read as what they look like: %s', async (_, username, upn) => {
    const form = await openForm(world.chat());
    const { data } = form.buttons.find(({ verb }) => verb === 'add-user.save')!;

    await press('add-user.save', { ...data, ...zoe, username });

    expect(await world.rows('users')).toMatchObject([{ userPrincipalName: upn }]);
  });

  it('cannot name what the form does not have', async () => {
    const form = await openForm(world.chat());
    const { data } = form.buttons.find(({ verb }) => verb === 'add-user.save')!;
    const more = JSON.parse('{"__proto__":{"x":1},"constructor":"c","id":"1","state":"deleted"}') as object;

    const shown = await press('add-user.save', { ...data, ...zoe, ...more, customerId: 'other' });

    expect(shown.name).toBe('hand-over');
    const [user] = await world.rows('users');
    expect(user).toMatchObject({ state: 'active' });
    expect(user?._id).not.toBe('1');
  });

  it('of a megabyte each are faults at their fields, and nothing is stored', async () => {
    const form = await openForm(world.chat());
    const names = ['displayName', 'username', 'usageLocation', 'jobTitle', 'roles', 'licenses'];
    const huge = Object.fromEntries(names.map((name) => [name, 'x'.repeat(1_000_000)]));

    const shown = await world.chat().press(form, 'add-user.save', huge);

    for (const name of names) expect(shown.fault(name)).not.toBeNull();
    for (const name of names) expect(shown.fault(name)!.length).toBeLessThan(500);
    expect(await world.rows('users')).toEqual([]);
  });
});

describe('An unexpected error', () => {
  const log = createRememberingLog();
  const failing = (fail: () => never, admit: Admit = async () => Promise.resolve().then(fail)) =>
    createDispatch({
      ...{ clock: world.clock, entropy: realEntropy, metrics: createMetrics(), log },
      router: world.house.router,
      liveCards: { ...world.house.liveCards, remember: fail, forget: fail },
      audit: { record: () => Promise.resolve() },
      admit,
    });
  const help: Command = {
    door: 'demo',
    operator: 'web:ada',
    operatorName: 'Ada',
    conversation: { id: 'demo:x', kind: 'personal' },
    locale: { language: 'en', timeZone: 'UTC' },
    prefix: '',
    input: { kind: 'pressed', verb: 'help.open', data: {} },
  };

  it('shows a reference that stands in the log, and neither its message nor a stack', async () => {
    const dispatch = failing(() => {
      throw new TypeError('secret detail of x.ts');
    });

    const { card, locale, audience } = await dispatch(help);
    const { text, json } = readCard(world.house.cards.render(card, locale));

    expect([card.name, audience]).toEqual(['unexpected', 'conversation']);
    const reference = /^[0-9a-f]{10}$/m.exec(text)?.[0];
    expect(reference).toBeDefined();
    expect(log.lines.find((line) => line.includes('failed unexpectedly'))).toContain(reference);
    expect(JSON.stringify(json)).not.toMatch(/secret|TypeError|\.ts|dispatch/);
  });

  it('leaves the pressed card as it is, to be pressed again', async () => {
    const answer = await failing(() => {
      throw new Error('odd');
    })(help);

    expect(answer.place).toBe('below');
  });

  it('in noting a card is logged, and the door that delivered it need not know', async () => {
    const full = () => {
      throw new Error('full');
    };
    const reply = { audience: 'operator', card: { name: 'customer-gone', data: {} } } as const;
    const answer = await failing(full, () => Promise.resolve({ kind: 'customer-gone', reply }))(help);

    await expect(answer.delivered({ conversation: 'demo:x', message: 'm' })).resolves.toBeUndefined();
    expect(log.lines.join()).toContain('will not change by itself');
  });
});

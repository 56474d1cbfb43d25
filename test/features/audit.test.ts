import { createMongoFiles } from '../../src/storage/files';
import { storeAudit } from '../../src/storage/store-effect';
import type { AuditEntry } from '../../src/ports/audit';
import { realEntropy } from '../support/entropy';
import { openTestHouse, type Chat, type Shown, type TestHouse } from '../support/house';
import { customerIdOf, hire } from '../support/scenes';

let world: TestHouse;
let contoso: string;
beforeAll(async () => {
  world = await openTestHouse();
  contoso = await customerIdOf(world, 'Contoso Bakery');
});
afterAll(() => world.close());
beforeEach(async () => {
  const { audit, auditDetails, effects, files } = world.house.records;
  await Promise.all([audit, auditDetails, effects, files].map((model) => model.deleteMany()));
});

async function recorded(...changes: readonly Partial<AuditEntry>[]): Promise<void> {
  const entries = changes.map((change, index): AuditEntry => ({
    at: new Date(Date.UTC(2026, 10, 20, 9, index)),
    operator: 'web:ada',
    action: 'update_customer_user',
    customerId: contoso,
    target: `user-${index}@contoso.example`,
    outcome: 'success',
    ...change,
  }));
  await storeAudit(world.house.records, entries);
}

async function openAudit(chat: Chat = world.chat(), line = '/audit'): Promise<Shown> {
  await chat.press(await chat.type('/customers contoso'), 'customers.pick');
  return chat.type(line);
}

const targetsOn = (shown: Shown) => shown.text.match(/\S+@\S+/g) ?? [];

function fileOn(shown: Shown) {
  const link = /http:[^"]+\/f\/([\w-]{43})/.exec(JSON.stringify(shown.json));
  if (!link) throw new Error(`"${shown.name}" has no link to a file.`);
  const { records } = world.house;
  const files = createMongoFiles({ records, entropy: realEntropy, publicUrl: '' });
  return files.find(link[1] ?? '', world.clock.now());
}

describe('/audit', () => {
  it('says so where nothing is on record, and offers no export of it', async () => {
    const shown = await openAudit();

    expect(shown.text).toContain('Nothing is on record for this customer yet.');
    expect(shown.buttons.map(({ verb }) => verb)).not.toContain('audit.export');
  });

  it('tells who did what to whom, how it ended and what changed, in words', async () => {
    await hire(world, 'web:hugo.l', 'helpdesk_agent');
    await world.chat('web:hugo.l').type('/rollcall');
    await recorded(
      {
        operator: 'web:hugo.l',
        details: {
          before: { department: 'Sales', usageLocation: '', accountEnabled: true, jobTitle: 'Baker' },
          after: { department: 'Shops', usageLocation: 'FR', accountEnabled: false, jobTitle: 'Baker' },
        },
      },
      { action: 'delete_customer_user', outcome: 'denied' },
      { operator: 'system', action: 'purge_customer_user' },
    );

    const { text } = await openAudit();

    expect(text).toContain(
      'Remove user for good  user-2@contoso.example\n20 November 2026 at 09:02 · Rollcall',
    );
    expect(text).toMatch(/Delete user {2}user-1@contoso\.example\nRefused\n.* · Ada/);
    expect(text).toContain('20 November 2026 at 09:00 · Hugo.l');
    expect(text).toContain('Department: Sales → Shops\nLocation: – → France\nMay sign in: yes → no');
    expect(text).not.toContain('Job title');
  });

  it('says what it does not know as it is stored, and no more than there is room for', async () => {
    const after = { shoeSize: 44, nested: { deep: [1, { x: 'y' }] }, empty: {}, roles: ['Odd Role'] };
    const more = { a: 'x'.repeat(500), b: 1, c: [2, null] };
    await recorded({ details: { after: { ...after, ...more } } }, { details: {} });

    const { text } = await openAudit();

    expect(text).toContain('shoeSize: 44\nnested: deep=[1,{"x":"y"}]\nRoles: Odd Role\na: xxx');
    expect(text).toContain('and 2 more, in the export');
    expect(text).not.toContain('x'.repeat(50));
  });

  it('pages through all of them and back, and none of another customer', async () => {
    await recorded(...Array.from({ length: 20 }, () => ({})), { customerId: 'another' });
    const chat = world.chat();

    const first = await openAudit(chat);
    const second = await chat.press(first, 'Next');
    const third = await chat.press(second, 'Next');
    const back = await chat.press(third, 'Previous');

    const all = [first, second, third].flatMap(targetsOn);
    expect(all).toEqual([...Array(20).keys()].reverse().map((number) => `user-${number}@contoso.example`));
    expect(targetsOn(back)).toEqual(targetsOn(second));
    expect(third.buttons.map(({ title }) => title)).not.toContain('Next');
  });

  it('finds what was typed behind the command, whatever the case', async () => {
    await recorded({ target: 'Zoe@contoso.example' }, {});

    const shown = await openAudit(world.chat(), '/audit zOE');

    expect(targetsOn(shown)).toEqual(['Zoe@contoso.example']);
    expect(shown.inputs).toMatchObject({ text: 'zOE' });
  });

  it('filters by person and action, and keeps the filter while paging, whatever is typed meanwhile', async () => {
    const byBob = Array.from({ length: 10 }, () => ({
      operator: 'web:bob',
      action: 'delete_customer_user' as const,
    }));
    await recorded(...byBob, {}, { operator: 'web:bob' });
    const chat = world.chat();
    const first = await openAudit(chat);
    expect(first.choices('operator')).toEqual(['all: Everybody', 'web:ada: Ada', 'web:bob: web:bob']);

    const shown = await chat.press(first, 'Show', { operator: 'web:bob', action: 'delete_customer_user' });
    const next = await chat.press(shown, 'Next');

    expect([...targetsOn(shown), ...targetsOn(next)]).toHaveLength(10);
    expect(next.inputs).toMatchObject({ operator: 'web:bob', action: 'delete_customer_user' });
    expect((await chat.press(next, 'Show', { operator: 'all' })).inputs).toMatchObject({ operator: 'all' });
  });

  it('reads days in the time zone of who asks, both included', async () => {
    await recorded(
      { at: new Date('2026-11-19T22:59:59Z'), target: 'before@contoso.example' },
      { at: new Date('2026-11-19T23:00:00Z'), target: 'first@contoso.example' },
      { at: new Date('2026-11-21T22:59:59Z'), target: 'last@contoso.example' },
      { at: new Date('2026-11-21T23:00:00Z'), target: 'after@contoso.example' },
    );
    const chat = world.chat('web:ada', { locale: { language: 'en', timeZone: 'Europe/Paris' } });

    const days = { from: '2026-11-20', to: '2026-11-21' };
    const shown = await chat.press(await openAudit(chat), 'Show', days);

    expect(targetsOn(shown)).toEqual(['last@contoso.example', 'first@contoso.example']);
    expect(shown.inputs).toMatchObject(days);
  });

  it.each([
    [{ from: '2026-11-22', to: '2026-11-21' }, 'from', 'The first day is after the last one.'],
    [{ from: 'yesterday' }, 'from', 'Choose a day.'],
    [{ to: '2026-02-30' }, 'to', 'Choose a day.'],
  ])('says at the field what is wrong with %j, and keeps it', async (values, field, reason) => {
    await recorded({});
    const chat = world.chat();

    const shown = await chat.press(await openAudit(chat), 'Show', values);

    expect(shown.fault(field)).toBe(reason);
    expect(shown.inputs).toMatchObject(values);
    expect(targetsOn(shown)).toEqual([]);
  });

  it('lets the people be searched where there are more than a list shows', async () => {
    await recorded(...Array.from({ length: 70 }, (_, index) => ({ operator: `web:op-${100 + index}` })));
    const chat = world.chat();
    const shown = await openAudit(chat);
    expect(shown.choices('operator')).toHaveLength(60);

    const found = await chat.press(shown, 'Show', { find: 'op-169' });

    expect(found.choices('operator')).toEqual(['all: Everybody', 'web:op-169: web:op-169']);
  });
});

describe('The export of the audit trail', () => {
  it('is a CSV of what is filtered, safe to open, and on record itself', async () => {
    await recorded(
      {
        target: '=cmd()@contoso.example',
        details: { before: { department: 'A' }, after: { department: 'B' } },
      },
      { operator: 'web:bob', outcome: 'denied' },
    );
    const chat = world.chat();
    const shown = await chat.press(await openAudit(chat), 'Show', { operator: 'web:ada' });

    const exported = await chat.press(shown, 'audit.export');

    const file = await fileOn(exported);
    expect(exported.text).toContain('1 entry is in the file.');
    expect(file).toMatchObject({
      name: 'audit-contoso.example-2026-11-22.csv',
      contentType: 'text/csv; charset=utf-8',
    });
    expect(file?.bytes.toString('utf8').split('\r\n')).toEqual([
      '\ufeff"at","operator","name","action","target","outcome","before","after"',
      '"2026-11-20T09:00:00.000Z","web:ada","Ada","update_customer_user","\'=cmd()@contoso.example","success","{""department"":""A""}","{""department"":""B""}"',
      '',
    ]);
    const [entry] = await world.rows('audit', { action: 'export_audit' });
    expect(entry).toMatchObject({ operator: 'web:ada', customerId: contoso, outcome: 'success' });
    const [details] = await world.rows('auditDetails', { _id: entry?._id });
    expect(details).toMatchObject({ after: { operator: 'web:ada', entries: 1 } });
  });

  it('has one effect for each form: sent again, the same link and one record', async () => {
    await recorded({});
    const chat = world.chat();
    const shown = await openAudit(chat);

    const [one, other] = await Promise.all([
      chat.press(shown, 'audit.export'),
      chat.press(shown, 'audit.export'),
    ]);
    await recorded({ target: 'later@contoso.example' });
    const third = await chat.press(shown, 'audit.export');

    expect([other.json, third.json]).toEqual([one.json, one.json]);
    expect(await world.rows('audit', { action: 'export_audit' })).toHaveLength(1);
    expect(await world.rows('files')).toHaveLength(1);
    expect((await fileOn(third))?.bytes.toString()).not.toContain('later@');
  });

  it('leads back to the list as it was filtered, with a form for another export', async () => {
    await recorded({}, { action: 'delete_customer_user' });
    const chat = world.chat();
    const shown = await chat.press(await openAudit(chat), 'Show', { action: 'delete_customer_user' });

    const exported = await chat.press(shown, 'audit.export');
    const back = await chat.press(exported, 'Back to the audit trail');
    await chat.press(back, 'audit.export');

    expect(targetsOn(back)).toEqual(['user-1@contoso.example']);
    expect(await world.rows('files')).toHaveLength(2);
  });

  it('says when older entries did not fit', async () => {
    const filler = { text: 'x'.repeat(60_000) };
    await recorded(...Array.from({ length: 300 }, () => ({ details: { after: filler } })));
    const chat = world.chat();

    const exported = await chat.press(await openAudit(chat), 'audit.export');

    expect(world.log.lines.filter((line) => line.includes('unexpectedly'))).toEqual([]);
    expect(exported.text).toContain('Older entries did not fit.');
    expect((await fileOn(exported))?.bytes.length).toBeLessThanOrEqual(15 * 1024 * 1024);
  });
});

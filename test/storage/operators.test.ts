import { operatorFingerprint, type Operator } from '../../src/domain/operator';
import { createMongoOperators } from '../../src/storage/operators';
import { openTestHouse, type TestHouse } from '../support/house';

let world: TestHouse;
beforeAll(async () => {
  world = await openTestHouse({ demo: false });
});
beforeEach(() => world.database.connection.collection('operators').deleteMany({}));
afterAll(() => world.close());

const process = (adminAgents: readonly string[] = []) =>
  createMongoOperators(
    { connection: world.database.connection, records: world.house.records },
    { adminAgents, everybodyMay: false },
  );
const admin = (id: string): Operator => ({ id, partnerRole: 'admin_agent', customers: 'all' });

let forms = 0;
const effect = () => {
  forms += 1;
  const entry = { action: 'update_operator', customerId: null, target: '', outcome: 'success' } as const;
  const audit = [{ ...entry, at: world.clock.now(), operator: 'web:ada' }];
  return { id: `form ${forms}`, of: () => ({ result: {}, audit }) };
};

it('Of ten who remove each other at once through two processes, one is left', async () => {
  const [one, other] = [process(), process()];
  const admins = Array.from({ length: 10 }, (_, place) => admin(`web:a${place}`));
  for (const operator of admins) await one.save(operator, null, effect());

  const outcomes = await Promise.all(
    admins.map((operator, place) =>
      (place % 2 === 0 ? one : other).remove(operator.id, operatorFingerprint(operator), effect()),
    ),
  );

  expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
    'last-admin',
    ...Array<string>(9).fill('removed'),
  ]);
  expect(await one.list()).toHaveLength(1);
});

it('Two who add the same person at once do not overwrite each other unseen', async () => {
  const outcomes = await Promise.all([
    process().save(admin('web:a'), null, effect()),
    process().save({ ...admin('web:a'), partnerRole: 'sales_agent' }, null, effect()),
  ]);

  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['changed-meanwhile', 'saved']);
});

it('Somebody named by the configuration counts as the last one until a record says otherwise', async () => {
  const operators = process(['web:named']);
  const a = admin('web:a');
  await operators.save(a, null, effect());
  const named = await operators.findListed('web:named');

  expect(named).toMatchObject({ configured: true, stored: false, partnerRole: 'admin_agent' });
  expect(await operators.remove('web:named', operatorFingerprint(named!), effect())).toEqual({
    kind: 'configured',
  });
  const demoted = { ...named!, partnerRole: 'sales_agent' } as const;
  expect(await operators.save(demoted, operatorFingerprint(named!), effect())).toEqual({ kind: 'saved' });
  expect(await operators.remove('web:a', operatorFingerprint(a), effect())).toEqual({ kind: 'last-admin' });
  expect(await operators.remove('web:named', operatorFingerprint(demoted), effect())).toEqual({
    kind: 'removed',
  });
  expect(await operators.remove('web:a', operatorFingerprint(a), effect())).toEqual({ kind: 'removed' });
  expect(await operators.find('web:named')).toEqual(admin('web:named'));
});

import type { LicenseChange, LicenseResult } from '../../src/domain/license-change';
import type { Directory, EffectOf } from '../../src/ports/directory';
import { StorageAway } from '../../src/ports/storage-away';
import { effect, newUser, openTestDirectory, type TestDirectory } from '../support/directory';
import { storeUsers } from '../support/many-users';

let world: TestDirectory;
beforeAll(async () => {
  world = await openTestDirectory();
});
beforeEach(async () => {
  for (const model of Object.values(world.connection.models)) await model.collection.deleteMany({});
});
afterAll(() => world.close());

async function seats(products: Record<string, [total: number, consumed: number]>): Promise<void> {
  const rows = Object.entries(products).map(([skuPartNumber, [total, consumed]]) => ({
    ...{ customerId: 'c1', skuPartNumber, total, consumed },
  }));
  await world.accounts.subscriptions.create(rows, { ordered: true });
}

async function consumed(): Promise<unknown> {
  const rows = await world.accounts.subscriptions.find().lean();
  return Object.fromEntries(rows.map((row) => [row.skuPartNumber, row.consumed]));
}

/** Users of the customer by these names, with what they have from before. */
async function users(...have: Partial<Parameters<typeof newUser>[0]>[]): Promise<string[]> {
  const all = have.map((changes, place) =>
    newUser({ userPrincipalName: `u${place}@contoso.example`, ...changes }),
  );
  await storeUsers(world.connection, all);
  return all.map(({ id }) => id);
}

const licensesOf = async (id: string): Promise<unknown> =>
  (await world.rows('users', { _id: id }))[0]?.['licenses'];

function change(userIds: readonly string[], changes: Partial<LicenseChange> = {}): LicenseChange {
  return { customerId: 'c1', userIds, assign: [], remove: [], usageLocation: '', ...changes };
}

/** An effect that keeps what happened in its result. */
function effectOfResults(): EffectOf<readonly LicenseResult[]> {
  const { id, audit } = effect();
  const told = (results: readonly LicenseResult[]) =>
    results.map(({ given, taken, refused }) => [given, taken, refused]);
  return { id, of: (results) => ({ audit, result: { results: JSON.stringify(told(results)) } }) };
}

/** Sends the form of one product for one user again while MongoDB has too much to do, as an operator would. */
async function untilAnswered(directory: Directory, wanted: LicenseChange): Promise<string> {
  const { id, audit } = effect();
  const of = ([result]: readonly LicenseResult[]) => ({
    audit,
    result: { outcome: result?.given.length === 1 ? 'given' : 'refused' },
  });
  for (;;) {
    try {
      const outcome = await directory.changeLicenses(wanted, { id, of });
      if (outcome.kind === 'changed') return of(outcome.results).result.outcome;
      if (outcome.kind === 'repeated') return outcome.result['outcome'] ?? '';
      return outcome.kind;
    } catch (error) {
      if (!(error instanceof StorageAway)) throw error;
    }
  }
}

describe('Changing licenses', () => {
  it('gives exactly the fifty seats there are to two hundred who ask at once over two connections', async () => {
    await seats({ EMS: [50, 0] });
    const ids = await users(...Array.from({ length: 200 }, () => ({})));
    const other = await world.another();

    const outcomes = await Promise.all(
      ids.map((id, place) =>
        untilAnswered(place % 2 === 0 ? world.directory : other, change([id], { assign: ['EMS'] })),
      ),
    );

    expect(outcomes.filter((outcome) => outcome === 'given')).toHaveLength(50);
    expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(150);
    expect(await consumed()).toEqual({ EMS: 50 });
    expect(await world.rows('users', { licenses: 'EMS' })).toHaveLength(50);
  }, 60_000);

  it('leaves those given before a shortage, and names the others in the order asked for', async () => {
    await seats({ EMS: [5, 3], E5: [9, 0] });
    const ids = await users({ licenses: ['EMS'] }, {}, {}, {}, { licenses: ['EMS'] });
    const order = [...ids].reverse();

    const outcome = await world.directory.changeLicenses(
      change(order, { assign: ['EMS', 'E5'] }),
      effectOfResults(),
    );

    if (outcome.kind !== 'changed') throw new Error(outcome.kind);
    expect(outcome.results.map(({ before, given, refused }) => [before.id, given, refused])).toEqual([
      [order[0], ['E5'], []],
      [order[1], ['EMS', 'E5'], []],
      [order[2], ['EMS', 'E5'], []],
      [order[3], ['E5'], ['EMS']],
      [order[4], ['E5'], []],
    ]);
    expect(await consumed()).toEqual({ EMS: 5, E5: 5 });
    expect(await licensesOf(ids[1]!)).toEqual(['E5']);
  });

  it('swaps a product for another, and lets the next one have the seat that came free', async () => {
    await seats({ EMS: [1, 1], E5: [1, 0] });
    const [has, waits] = await users({ licenses: ['EMS'] }, {});

    await world.directory.changeLicenses(
      change([has!], { assign: ['E5'], remove: ['EMS'] }),
      effectOfResults(),
    );
    await world.directory.changeLicenses(change([waits!], { assign: ['EMS'] }), effectOfResults());

    expect([await licensesOf(has!), await licensesOf(waits!)]).toEqual([['E5'], ['EMS']]);
    expect(await consumed()).toEqual({ EMS: 1, E5: 1 });
  });

  it('sets the location of those only who have none and were given something', async () => {
    await seats({ EMS: [2, 0] });
    const [here, nowhere, late] = await users(
      { usageLocation: 'FR' },
      { usageLocation: '' },
      { usageLocation: '' },
    );

    await world.directory.changeLicenses(
      change([here!, nowhere!, late!], { assign: ['EMS'], usageLocation: 'DE' }),
      effectOfResults(),
    );

    const rows = await world.rows('users');
    expect(new Map(rows.map((row) => [row['_id'], row['usageLocation']]))).toEqual(
      new Map([
        [here, 'FR'],
        [nowhere, 'DE'],
        [late, ''],
      ]),
    );
  });

  it('changes nothing for anybody when one of them is gone or of another customer', async () => {
    await seats({ EMS: [5, 0] });
    const [here, deleted, foreign] = await users({}, {}, { customerId: 'c2' });
    await world.accounts.users.updateOne({ _id: deleted! }, { $set: { state: 'deleted' } });
    const form = effectOfResults();

    const outcome = await world.directory.changeLicenses(
      change([here!, deleted!, 'never', foreign!], { assign: ['EMS'] }),
      form,
    );

    expect(outcome).toEqual({ kind: 'missing', userIds: [deleted, 'never', foreign] });
    expect(await licensesOf(here!)).toEqual([]);
    expect(await consumed()).toEqual({ EMS: 0 });
    expect(await world.rows('effects')).toEqual([]);
  });

  it('refuses a product that the customer does not have, and takes one that it has no more', async () => {
    await seats({});
    const [id] = await users({ licenses: ['OLD'] });

    const outcome = await world.directory.changeLicenses(
      change([id!], { assign: ['EMS'], remove: ['OLD'] }),
      effectOfResults(),
    );

    expect(outcome).toMatchObject({ kind: 'changed', results: [{ taken: ['OLD'], refused: ['EMS'] }] });
    expect(await licensesOf(id!)).toEqual([]);
  });

  it('never counts below zero, also where too few had been counted', async () => {
    await seats({ EMS: [5, 1] });
    const ids = await users({ licenses: ['EMS'] }, { licenses: ['EMS'] });

    await world.directory.changeLicenses(change(ids, { remove: ['EMS'] }), effectOfResults());

    expect(await consumed()).toEqual({ EMS: 0 });
  });

  it('gives nothing where more is used than there is', async () => {
    await seats({ EMS: [1, 3] });
    const ids = await users({ licenses: ['EMS'] }, {});

    const outcome = await world.directory.changeLicenses(change(ids, { assign: ['EMS'] }), effectOfResults());

    expect(outcome).toMatchObject({ kind: 'changed', results: [{ refused: [] }, { refused: ['EMS'] }] });
    expect(await consumed()).toEqual({ EMS: 3 });
  });

  it('happens once for a form and answers it again with the first result, over two connections', async () => {
    await seats({ EMS: [1, 0] });
    const [first, second] = await users({}, {});
    const other = await world.another();
    const form = effectOfResults();
    const wanted = change([first!, second!], { assign: ['EMS'] });

    const outcomes = await Promise.all([
      world.directory.changeLicenses(wanted, form),
      other.changeLicenses(wanted, form),
      world.directory.changeLicenses(wanted, form),
    ]);

    const given = JSON.stringify([
      [['EMS'], [], []],
      [[], [], ['EMS']],
    ]);
    expect(outcomes.filter(({ kind }) => kind === 'changed')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'repeated')).toEqual(
      Array(2).fill({ kind: 'repeated', result: { results: given } }),
    );
    expect(await consumed()).toEqual({ EMS: 1 });
    expect(await world.rows('audit')).toHaveLength(1);
  });
});

import type { Story } from './open-story';

/** Everything of this kind differs between houses, whatever happens in them. */
const ownToEach =
  /^(_id|password|hash|tokenHash|sealed|result|row|deletion|conversation|digest|worker|timeZone|offered|.*Ids?)$/;

/** What stands in MongoDB, without ids, times and secrets, and without who it was. */
export async function whatHappened({ running, door }: Story): Promise<Readonly<Record<string, unknown>>> {
  const customers = await running.rows('customers');
  const names = new Map(customers.map(({ _id, name }) => [String(_id), name]));
  const comparable = (value: unknown): unknown => {
    if (value === door.operator) return 'the operator';
    if (value instanceof Date) return 'a time';
    if (typeof value === 'string') return names.get(value) ?? value;
    if (Array.isArray(value)) return value.map(comparable);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, one]) => {
        if (name === 'customerId') return [['customer', names.get(String(one)) ?? null]];
        return ownToEach.test(name) ? [] : [[name, comparable(one)]];
      }),
    );
  };
  const rowsOf = async (collection: string) => (await running.rows(collection)).map(comparable);
  const sortedRowsOf = async (collection: string) =>
    (await rowsOf(collection)).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return {
    users: await sortedRowsOf('users'),
    audit: await rowsOf('audit'),
    details: await rowsOf('auditDetails'),
    subscriptions: await sortedRowsOf('subscriptions'),
    secrets: await rowsOf('secrets'),
    reminded: await rowsOf('reminderSubscriptions'),
    reminders: await rowsOf('reminders'),
    letGo: await rowsOf('letGo'),
    snoozes: await rowsOf('snoozes'),
    effects: (await rowsOf('effects')).length,
  };
}

import { searchPrefixes, searchTokens } from '../domain/search-text';
import type { People, Person } from '../ports/people';
import { answered } from './away';
import type { Records } from './records';

/** Names that a process keeps in mind, so that nothing is written while they stay as they are. */
const mostInMind = 5_000;

export function createMongoPeople({ people }: Pick<Records, 'people'>): People {
  const inMind = new Map<string, string>();

  const keepInMind = ({ id, name }: Person): void => {
    inMind.delete(id);
    inMind.set(id, name);
    const [oldest] = inMind.keys();
    if (inMind.size > mostInMind && oldest !== undefined) inMind.delete(oldest);
  };

  return {
    async remember(person) {
      if (inMind.get(person.id) === person.name) return;
      keepInMind(person);
      try {
        await answered('write', () =>
          people.updateOne({ _id: person.id }, changeTo(person), { upsert: true }),
        );
      } catch (error) {
        inMind.delete(person.id);
        throw error;
      }
    },

    names: (ids) =>
      answered('read', async () => {
        const known = await people.find({ _id: { $in: [...ids] } }, { name: 1 }).lean();
        const stored = new Map(known.map(({ _id, name }) => [_id, name]));
        return new Map(ids.map((id) => [id, stored.get(id) || inMind.get(id) || id]));
      }),

    search: (text, limit) =>
      answered('read', async () => {
        const conditions = searchPrefixes(text).map(startsWith);
        const found = await people
          .find(conditions.length > 0 ? { $and: conditions } : {}, { name: 1 })
          .sort({ at: -1, _id: 1 })
          .limit(limit)
          .lean();
        return found.map(({ _id: id, name }) => ({ id, name: name || id }));
      }),
  };
}

/** A chat that does not say a name today has not taken away the one it said before. */
function changeTo({ id, name }: Person) {
  const at = { $currentDate: { at: true } } as const;
  if (name === '') return { ...at, $setOnInsert: { name, searchTokens: searchTokens(id) } };
  return { ...at, $set: { name, searchTokens: searchTokens(name, id) } };
}

function startsWith(prefix: string) {
  return { searchTokens: { $elemMatch: { $gte: prefix, $lt: `${prefix}\u{10FFFF}` } } };
}

import { isTimeZone } from '../domain/local-day';

const mostKept = 500;

/** Says whether a name is a time zone's. Asking costs a thirtieth of a turn, so what was asked is remembered. */
export function createTimeZones(): (name: string) => boolean {
  const asked = new Map<string, boolean>();
  return (name) => {
    const known = asked.get(name);
    if (known !== undefined) return known;
    // Chats can name any; only the names that people send again and again are worth keeping.
    if (asked.size >= mostKept) asked.clear();
    const isOne = isTimeZone(name);
    asked.set(name, isOne);
    return isOne;
  };
}

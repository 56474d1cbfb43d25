import { isNode } from './node';
import { isWebAddress } from './text';

/** What Slack would refuse in a payload, and where. */
export interface Flaw {
  readonly pointer: string;
  readonly message: string;
}

export type Check = (value: unknown, pointer: string) => readonly Flaw[];

export function flaw(pointer: string, message: string): readonly Flaw[] {
  return [{ pointer, message }];
}

export function text(most: number, least = 1): Check {
  return (value, pointer) => {
    if (typeof value !== 'string') return flaw(pointer, 'no string');
    if (value.length < least) return flaw(pointer, `shorter than ${least} characters`);
    return value.length > most ? flaw(pointer, `longer than ${most} characters`) : [];
  };
}

export function matching(pattern: RegExp): Check {
  return (value, pointer) =>
    typeof value === 'string' && pattern.test(value) ? [] : flaw(pointer, `not like ${pattern.source}`);
}

export function oneOf(...allowed: readonly unknown[]): Check {
  return (value, pointer) =>
    allowed.includes(value) ? [] : flaw(pointer, `none of ${allowed.map(String).join(', ')}`);
}

export const yesOrNo: Check = oneOf(true, false);

export function wholeNumber(least: number, most: number): Check {
  return (value, pointer) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most
      ? []
      : flaw(pointer, `no whole number from ${least} to ${most}`);
}

export function webAddress(most: number): Check {
  return (value, pointer) => {
    if (typeof value !== 'string' || !isWebAddress(value)) return flaw(pointer, 'no http address');
    return text(most)(value, pointer);
  };
}

export function list(item: Check, { least = 1, most }: { least?: number; most: number }): Check {
  return (value, pointer) => {
    if (!Array.isArray(value)) return flaw(pointer, 'no list');
    const counted =
      value.length < least || value.length > most
        ? flaw(pointer, `${value.length} entries, not ${least} to ${most}`)
        : [];
    return [...counted, ...value.flatMap((one, index) => item(one, `${pointer}/${index}`))];
  };
}

/** An object with these members, and no others: Slack refuses what it does not know. */
export function shape(needed: Record<string, Check>, possible: Record<string, Check> = {}): Check {
  return (value, pointer) => {
    if (!isNode(value)) return flaw(pointer, 'no object');
    const missing = Object.keys(needed).filter((name) => value[name] === undefined);
    return [
      ...missing.flatMap((name) => flaw(`${pointer}/${name}`, 'missing')),
      ...Object.entries(value).flatMap(([name, member]) => {
        const check = ownOf(needed, name) ?? ownOf(possible, name);
        if (member === undefined) return [];
        return check ? check(member, `${pointer}/${name}`) : flaw(`${pointer}/${name}`, 'unknown');
      }),
    ];
  };
}

function ownOf(checks: Record<string, Check>, name: string): Check | undefined {
  return Object.hasOwn(checks, name) ? checks[name] : undefined;
}

/** What is checked by its `type`. */
export function byType(checks: Record<string, Check>): Check {
  return (value, pointer) => {
    const type = isNode(value) && typeof value.type === 'string' ? value.type : '';
    const check = ownOf(checks, type);
    return check ? check(value, pointer) : flaw(`${pointer}/type`, `unsupported type: ${type || 'none'}`);
  };
}

export function both(...checks: readonly Check[]): Check {
  return (value, pointer) => checks.flatMap((check) => check(value, pointer));
}

/** No two of the list alike. */
export function unique(keyOf: (item: unknown) => unknown, what: string): Check {
  return (value, pointer) => {
    const known = new Set<unknown>();
    return (Array.isArray(value) ? value : []).flatMap((item, index) => {
      const key = keyOf(item);
      if (key === undefined) return [];
      const flaws = known.has(key) ? flaw(`${pointer}/${index}`, `${what} stands twice`) : [];
      known.add(key);
      return flaws;
    });
  };
}

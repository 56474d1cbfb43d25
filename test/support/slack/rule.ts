import { isJson, type Json } from './json';

/** Where a payload breaks a rule of Slack's, by a JSON pointer. */
export interface Flaw {
  readonly pointer: string;
  readonly message: string;
}

export type Rule = (value: unknown, pointer: string) => readonly Flaw[];
export type Rules = Readonly<Record<string, Rule>>;

export const flaw = (pointer: string, message: string): readonly Flaw[] => [{ pointer, message }];

export function text(max: number, min = 1): Rule {
  return (value, at) => {
    if (typeof value !== 'string') return flaw(at, 'must be a string');
    if (value.length < min) return flaw(at, `must be more than ${min - 1} characters`);
    return value.length > max ? flaw(at, `must be less than ${max + 1} characters`) : [];
  };
}

export function matching(pattern: RegExp): Rule {
  return (value, at) =>
    typeof value === 'string' && pattern.test(value) ? [] : flaw(at, `must match ${pattern.source}`);
}

export const yesNo: Rule = (value, at) => (typeof value === 'boolean' ? [] : flaw(at, 'must be a boolean'));

export function whole(min: number, max: number): Rule {
  return (value, at) =>
    Number.isInteger(value) && Number(value) >= min && Number(value) <= max
      ? []
      : flaw(at, `must be a number from ${min} to ${max}`);
}

export function oneOf(...allowed: readonly string[]): Rule {
  return (value, at) =>
    typeof value === 'string' && allowed.includes(value)
      ? []
      : flaw(at, `must be one of: ${allowed.join(', ')}`);
}

export function list(rule: Rule, min: number, max: number): Rule {
  return (value, at) => {
    if (!Array.isArray(value)) return flaw(at, 'must be an array');
    const items: readonly unknown[] = value;
    if (items.length < min) return flaw(at, `must have at least ${min} items`);
    if (items.length > max) return flaw(at, `no more than ${max} items allowed`);
    return items.flatMap((item, index) => rule(item, `${at}/${index}`));
  };
}

/** An object with these properties and no others. */
export function shape(required: Rules, optional: Rules = {}): Rule {
  return (value, at) => {
    if (!isJson(value)) return flaw(at, 'must be an object');
    const known = { ...required, ...optional };
    const missing = Object.keys(required).filter((name) => value[name] === undefined);
    return [
      ...missing.flatMap((name) => flaw(at, `missing required field: ${name}`)),
      ...Object.entries(value).flatMap(([name, one]) => {
        const rule = Object.hasOwn(known, name) ? known[name] : undefined;
        if (!rule) return flaw(at, `invalid additional property: ${name}`);
        return one === undefined ? [] : rule(one, `${at}/${name}`);
      }),
    ];
  };
}

/** An object whose `type` says which rule is its own. */
export function kinds(rules: Rules): Rule {
  return (value, at) => {
    const type = isJson(value) ? value.type : undefined;
    const rule = typeof type === 'string' && Object.hasOwn(rules, type) ? rules[type] : undefined;
    return rule ? rule(value, at) : flaw(`${at}/type`, `unsupported type: ${String(type)}`);
  };
}

/** What `check` finds besides, in what keeps `rule`. */
export function also(rule: Rule, check: (value: Json, pointer: string) => readonly Flaw[]): Rule {
  return (value, at) => {
    const flaws = rule(value, at);
    return flaws.length === 0 && isJson(value) ? check(value, at) : flaws;
  };
}

export function both(...rules: readonly Rule[]): Rule {
  return (value, at) => rules.flatMap((rule) => rule(value, at));
}

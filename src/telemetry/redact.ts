const secretName =
  /pass(word|wd|phrase)|token|secret|authorization|cookie|credential|api-?key|private-?key|bearer/i;
const deepest = 8;
const mask = '[redacted]';

/** What gives itself away as a secret inside a sentence: one-time links, credentials in addresses, bearer tokens. */
const secretTexts: readonly (readonly [RegExp, string])[] = [
  [/(\/[sf]\/)[A-Za-z0-9_-]{20,}/g, `$1${mask}`],
  [/(\w:\/\/)[^\s/@]+@/g, `$1${mask}@`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${mask}`],
  [/\bxox[a-z]-[\w-]+|\bxapp-[\w-]+/g, mask],
  [/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, mask],
];

/**
 * A copy that may be logged: whatever is called like a secret is masked at any depth, errors become plain objects,
 * bytes and what lies too deep are left out. Flags, dates and null say nothing secret and stay.
 */
export function redact(value: unknown): unknown {
  return copy(value, '', 0, new Set());
}

export function redactText(text: string): string {
  return secretTexts.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), text);
}

function copy(value: unknown, name: string, depth: number, above: ReadonlySet<object>): unknown {
  if (value === null || value === undefined || typeof value === 'boolean') return value;
  if (value instanceof Date) return value;
  if (secretName.test(name)) return mask;
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object') return typeof value === 'number' ? value : undefined;
  return copyObject(value, depth, above);
}

function copyObject(value: object, depth: number, above: ReadonlySet<object>): unknown {
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (above.has(value)) return '[circular]';
  if (depth >= deepest) return '[deep]';
  const inside = new Set(above).add(value);
  const copyItem = (item: unknown, name: string) => copy(item, name, depth + 1, inside);
  if (Array.isArray(value)) return value.map((item) => copyItem(item, ''));
  if (value instanceof Set) return [...value].map((item) => copyItem(item, ''));
  const entries: [string, unknown][] =
    value instanceof Map ? [...value].map(([key, item]) => [String(key), item]) : entriesOf(value);
  return Object.fromEntries(entries.map(([name, item]) => [redactText(name), copyItem(item, name)]));
}

/** An error's own words are not enumerable; what an SDK hangs on it (requests, replies) is a payload and stays away. */
function entriesOf(value: object): [string, unknown][] {
  if (!(value instanceof Error)) return Object.entries(value);
  const { name, message, stack, cause } = value;
  const code: unknown = 'code' in value ? value.code : undefined;
  const shown = { type: name, message, code, stack, cause };
  return Object.entries(shown).filter(([, item]) => item !== undefined);
}

export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** A string that stands there, or ''. */
export function textAt(value: unknown, ...path: readonly string[]): string {
  let at: unknown = value;
  for (const key of path) at = isJson(at) ? at[key] : undefined;
  return typeof at === 'string' ? at : '';
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { isRecord } from './is-record';

/** What a card froze when it was made: sealed when it goes out, checked when it comes back. */
export interface Seal {
  /** Adds the seal of `verb` to a frozen payload. */
  close(verb: string, frozen: object): object;
  /** The payload without its seal, or null when this house did not make it for this verb, or it was changed. */
  open(verb: string, frozen: unknown): Record<string, unknown> | null;
}

/** `key` is shared by all processes on one database. */
export function createSeal(key: Buffer): Seal {
  const mac = (verb: string, payload: object): Buffer =>
    createHmac('sha256', key)
      .update(`${verb}\n${canonical(payload)}`)
      .digest()
      .subarray(0, 16);

  return {
    close: (verb, frozen) => ({ ...frozen, seal: mac(verb, frozen).toString('base64url') }),
    open(verb, frozen) {
      const payload = withoutSeal(frozen);
      if (!payload || !isRecord(frozen) || typeof frozen.seal !== 'string') return null;
      const given = Buffer.from(frozen.seal, 'base64url');
      const made = mac(verb, payload);
      return given.length === made.length && timingSafeEqual(given, made) ? payload : null;
    },
  };
}

/** What was sealed, whether or not the seal is right; null for what is no payload. */
export function withoutSeal(frozen: unknown): Record<string, unknown> | null {
  if (!isRecord(frozen)) return null;
  const { seal: _, ...payload } = frozen;
  return payload;
}

/** The same text for the same payload in whatever order a chat client returns its members. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`);
  return `{${members.join(',')}}`;
}

import type { IncomingMessage } from 'node:http';
import { isRecord } from '../is-record';

/** A view of 250 kB comes back with all its blocks and its state, each sign of it escaped. */
const limit = 2 * 1024 * 1024;

/** Null beyond 2 MiB. */
export async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Events are JSON; commands are a form, and presses a form with JSON in its `payload`. Null for anything else. */
export function parseBody(body: string, contentType: string | undefined): Record<string, unknown> | null {
  if (/^application\/json\s*(?:;|$)/i.test(contentType ?? '')) return parseRecord(body);
  if (!/^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(contentType ?? '')) return null;
  const form = Object.fromEntries(new URLSearchParams(body));
  return form['payload'] === undefined ? form : parseRecord(form['payload']);
}

function parseRecord(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { isTimeZone } from '../../domain/local-day';
import { FileUnavailable, type IncomingFile } from '../../ports/incoming-file';
import { isPersonaId } from './persona';

const bodyLimit = 256 * 1024;

const persona = z.string().refine(isPersonaId);
const timeZone = z.string().max(64).refine(isTimeZone).optional();

const inbound = z.discriminatedUnion('kind', [
  /** The page was opened: greeted once in a conversation. */
  z.strictObject({ kind: z.literal('opened'), persona, timeZone }),
  z.strictObject({ kind: z.literal('typed'), persona, timeZone, text: z.string().trim().min(1).max(4000) }),
  z.strictObject({
    kind: z.literal('pressed'),
    persona,
    timeZone,
    messageId: z.string().max(64),
    verb: z.string().min(1).max(100),
    data: z.unknown(),
  }),
]);

/** A file that was put onto the page; its bytes are the body of the request. */
export interface InboundFile {
  readonly kind: 'file';
  readonly persona: string;
  readonly timeZone?: string | undefined;
  readonly file: IncomingFile;
}

export type Inbound = z.infer<typeof inbound> | InboundFile;

export type ReadOutcome =
  { readonly inbound: Inbound } | { readonly fault: 'media-type' | 'too-large' | 'not-understood' };

const fileQuery = z.object({ persona, timeZone, name: z.string().trim().min(1).max(255) });

/** Reads what stands beside the bytes of a file: `application/octet-stream` only. The bytes are left where they are. */
export function readInboundFile(request: IncomingMessage, query: URLSearchParams): ReadOutcome {
  if (mediaTypeOf(request) !== 'application/octet-stream') return { fault: 'media-type' };
  const parsed = fileQuery.safeParse(Object.fromEntries(query));
  if (!parsed.success) return { fault: 'not-understood' };
  const { name, ...who } = parsed.data;
  const length = request.headers['content-length'];
  const size = length === undefined ? null : Number(length);
  return {
    inbound: { kind: 'file', ...who, file: { name, size, open: () => Promise.resolve(bytesOf(request)) } },
  };
}

/** What nobody reads any more is taken off the line: a browser hears no answer before it has sent everything. */
async function* bytesOf(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } catch {
    throw new FileUnavailable('not-arrived', 'the browser stopped sending it');
  } finally {
    request.resume();
  }
}

function mediaTypeOf(request: IncomingMessage): string | undefined {
  return request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
}

/** Reads what the page posted: `application/json` only, at most 256 KiB. */
export async function readInbound(request: IncomingMessage): Promise<ReadOutcome> {
  if (mediaTypeOf(request) !== 'application/json') return { fault: 'media-type' };
  const body = await readBody(request);
  if (body === null) return { fault: 'too-large' };
  const parsed = inbound.safeParse(parseJson(body));
  return parsed.success ? { inbound: parsed.data } : { fault: 'not-understood' };
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import type { ReadableStream } from 'node:stream/web';
import { FileUnavailable, type UnavailableReason } from '../ports/incoming-file';

interface DownloadDeps {
  /** Where files of this chat may lie; asked before every request, also where a redirect leads. */
  readonly allows: (url: URL) => boolean;
  readonly maxBytes: number;
  /** Milliseconds to wait for an answer, or for the next byte. */
  readonly patience?: number;
  /** Sent along, to allowed places only. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What it means when we are not let in: refused, led elsewhere, or shown a page to sign in. */
  readonly lockedOut: UnavailableReason;
}

/** Asks for a file and gives its bytes as they come. Rejects with `FileUnavailable`, here or while they are read. */
export type Download = (address: string, name: string) => Promise<AsyncIterable<Uint8Array>>;

const mostRedirects = 3;
const usualPatience = 30_000;
const goneStatuses = [404, 410];
const lockedStatuses = [401, 403];

export function createDownload(deps: DownloadDeps): Download {
  const { maxBytes, patience = usualPatience } = deps;

  return async (address, name) => {
    const watch = createWatch(patience);
    const failed = (error: unknown): FileUnavailable => {
      watch.end();
      return faultOf(error);
    };
    try {
      const answer = await follow(new URL(address), deps, watch);
      const body = bodyOf(answer, name, deps);
      return read(body, maxBytes, watch, failed);
    } catch (error) {
      throw failed(error);
    }
  };
}

/** The answer at the end of a few redirects. */
async function follow(
  from: URL,
  { allows, headers = {}, lockedOut }: DownloadDeps,
  watch: Watch,
): Promise<Response> {
  let url = from;
  for (let asked = 0; asked <= mostRedirects; asked += 1) {
    if (!allows(url))
      throw new FileUnavailable(asked === 0 ? 'not-arrived' : lockedOut, `no files lie at ${url.host}`);
    watch.wait();
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { 'accept-encoding': 'identity', ...headers },
      signal: watch.signal,
    });
    const next = redirectOf(answer);
    if (next === null) return answer;
    await answer.body?.cancel();
    url = new URL(next, url);
  }
  throw new FileUnavailable('not-arrived', 'it was redirected too often');
}

function redirectOf({ status, headers }: Response): string | null {
  return status >= 300 && status < 400 ? headers.get('location') : null;
}

function bodyOf(
  answer: Response,
  name: string,
  { maxBytes, lockedOut }: DownloadDeps,
): ReadableStream<Uint8Array> {
  const { status, headers } = answer;
  const body: ReadableStream<Uint8Array> | null = answer.body;
  const said = `the answer was ${status}`;
  if (lockedStatuses.includes(status)) throw new FileUnavailable(lockedOut, said);
  if (goneStatuses.includes(status)) throw new FileUnavailable('expired', said);
  if (status !== 200 || !body) throw new FileUnavailable('not-arrived', said);
  const isPage = headers.get('content-type')?.startsWith('text/html') ?? false;
  if (isPage && !/\.html?$/i.test(name)) throw new FileUnavailable(lockedOut, 'a page came in its place');
  if (Number(headers.get('content-length') ?? 0) > maxBytes) throw tooLarge(maxBytes);
  return body;
}

async function* read(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  watch: Watch,
  failed: (error: unknown) => FileUnavailable,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  let taken = 0;
  try {
    for (;;) {
      watch.wait();
      const { done, value } = await reader.read();
      watch.rest();
      if (done) return;
      taken += value.byteLength;
      if (taken > maxBytes) throw tooLarge(maxBytes);
      yield value;
    }
  } catch (error) {
    throw failed(error);
  } finally {
    watch.end();
  }
}

/** Breaks off what is waited for too long; while nobody reads, nothing is waited for. */
interface Watch {
  readonly signal: AbortSignal;
  wait(): void;
  rest(): void;
  /** Lets go of whatever is still open. */
  end(): void;
}

function createWatch(patience: number): Watch {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const rest = () => clearTimeout(timer);
  return {
    signal: controller.signal,
    rest,
    wait() {
      rest();
      const stalled = new FileUnavailable('not-arrived', `nothing came for ${patience} ms`);
      timer = setTimeout(() => controller.abort(stalled), patience);
    },
    end() {
      rest();
      controller.abort();
    },
  };
}

function tooLarge(maxBytes: number): FileUnavailable {
  return new FileUnavailable('too-large', `it has more than ${maxBytes} bytes`);
}

/** What the network says of a failure names addresses: of it only a code is kept. */
function faultOf(error: unknown): FileUnavailable {
  if (error instanceof FileUnavailable) return error;
  const cause: unknown = error instanceof Error ? (error.cause ?? error) : error;
  const code: unknown =
    typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return new FileUnavailable(
    'not-arrived',
    `the connection failed (${typeof code === 'string' ? code : 'no code'})`,
  );
}

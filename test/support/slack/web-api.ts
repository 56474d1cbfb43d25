import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { readArgs, Refused } from './api-answer';
import type { Methods } from './chat-methods';
import type { Failure, Failures } from './failures';
import { isJson, type Json, parseJson } from './json';
import { respondTo } from './response-url';
import type { SocketMode } from './socket-mode';
import type { Workspace } from './workspace';

export interface Call {
  readonly method: string;
  /** Nested arguments as they came: JSON in a string. */
  readonly args: Json;
  status: number;
  /** Null while, or where, nothing was answered. */
  answer: (Json & { readonly ok: boolean }) | null;
}

interface Deps {
  readonly workspace: Workspace;
  readonly methods: Methods;
  readonly failures: Failures;
  readonly calls: Call[];
  readonly tokens: { readonly bot: string; readonly app: string };
  readonly socket: SocketMode;
}

type Answered = Pick<Call, 'status' | 'answer'> & { readonly headers?: Record<string, string> };

export interface WebApi {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Whoever still waits for an answer that hangs is let go. */
  letGo(): void;
}

/** Slack's Web API over HTTP, and the `response_url`s. */
export function createWebApi({ workspace, methods, failures, calls, tokens, socket }: Deps): WebApi {
  const ended = new AbortController();

  const authenticate = (method: string, args: Json, header: string | undefined): void => {
    const given = header?.replace(/^Bearer /, '') ?? args.token;
    if (given === undefined) throw new Refused('not_authed');
    const isOfApp = method.startsWith('apps.connections.');
    if (given === (isOfApp ? tokens.bot : tokens.app)) throw new Refused('not_allowed_token_type');
    if (given !== (isOfApp ? tokens.app : tokens.bot)) throw new Refused('invalid_auth');
  };

  const perform = (method: string, args: Json, header: string | undefined): Answered => {
    try {
      authenticate(method, args, header);
      if (method === 'apps.connections.open') return ok({ url: socket.ticket() });
      const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
      if (!run) throw new Refused('unknown_method', { req_method: method });
      return ok(run(readArgs(args)));
    } catch (error) {
      if (error instanceof Refused) return notOk(error.code, error.more);
      throw error;
    }
  };

  const callMethod = async (request: IncomingMessage, response: ServerResponse, method: string) => {
    const args = await readBody(request);
    const call: Call = { method, args: withoutToken(args ?? {}), status: 0, answer: null };
    calls.push(call);
    const failure = failures.take(method);
    const act = (): Answered =>
      args ? perform(method, args, request.headers.authorization) : notOk('invalid_post_type');
    const answered = failure ? await fail(failure, act) : act();
    if (!answered) return void request.socket.destroy();
    call.status = answered.status;
    call.answer = answered.answer;
    response
      .writeHead(answered.status, { 'content-type': 'application/json; charset=utf-8', ...answered.headers })
      .end(JSON.stringify(answered.answer ?? 'Internal Server Error'));
  };

  /** Null where the connection breaks. */
  const fail = async (failure: Failure, act: () => Answered): Promise<Answered | null> => {
    const { hang, status, error, retryAfter = 1, drop } = failure;
    const isTrue = status === undefined && error === undefined && drop !== true;
    const truth = failure.effect === true || isTrue ? act() : null;
    if (hang !== undefined) await sleep(hang, null, { signal: ended.signal }).catch(() => null);
    if (drop) return null;
    if (status === 429)
      return { ...notOk('ratelimited'), status, headers: { 'retry-after': String(retryAfter) } };
    if (status !== undefined) return { status, answer: null };
    return error === undefined ? truth : notOk(error);
  };

  const respond = async (request: IncomingMessage, response: ServerResponse, id: string): Promise<void> => {
    const body = parseJson(await textOf(request));
    const call: Call = { method: 'response_url', args: isJson(body) ? body : {}, status: 0, answer: null };
    calls.push(call);
    const failure = failures.take('response_url');
    const act = (): Answered => {
      try {
        respondTo(workspace, id, body);
        return ok({});
      } catch (error) {
        if (error instanceof Refused) return { ...notOk(error.code, error.more), status: 404 };
        throw error;
      }
    };
    const answered = failure ? await fail(failure, act) : act();
    if (!answered) return void request.socket.destroy();
    call.status = answered.status;
    call.answer = answered.answer;
    response.writeHead(answered.status, answered.headers).end(answered.answer?.ok ? 'ok' : '');
  };

  /** As `files.slack.com` does, a page to sign in for whoever has no right. */
  const download = async (
    request: IncomingMessage,
    response: ServerResponse,
    name: string,
  ): Promise<void> => {
    const call: Call = { method: 'download', args: { file: name }, status: 200, answer: { ok: true } };
    calls.push(call);
    const failure = failures.take('download');
    const file = workspace.files.get(name);
    const isOurs = request.headers.authorization === `Bearer ${tokens.bot}`;
    if (failure?.hang !== undefined)
      await sleep(failure.hang, null, { signal: ended.signal }).catch(() => null);
    if (failure?.drop) return void request.socket.destroy();
    const status = failure?.status ?? (file && !file.isDeleted ? 200 : 404);
    const isRefused = !isOurs || failure?.error === 'missing_scope';
    call.status = status;
    if (isRefused || status !== 200)
      call.answer = { ok: false, error: isRefused ? 'not_let_in' : `http_${status}` };
    if (isRefused)
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!DOCTYPE html>');
    else if (status !== 200 || !file) response.writeHead(status).end();
    else response.writeHead(200, { 'content-type': file.mimetype }).end(file.bytes);
  };

  return {
    handle(request, response) {
      const [, folder, name = ''] = (request.url ?? '').split('?')[0]!.split('/');
      if (folder === 'api') return callMethod(request, response, name);
      if (folder === 'files-pri') return download(request, response, name);
      if (folder === 'response' && request.method === 'POST') return respond(request, response, name);
      response.writeHead(404).end();
      return Promise.resolve();
    },
    letGo: () => ended.abort(),
  };
}

const ok = (more: Json): Answered => ({ status: 200, answer: { ok: true, ...more } });
const notOk = (error: string, more: Json = {}): Answered => ({
  status: 200,
  answer: { ok: false, error, ...more },
});

function withoutToken({ token, ...rest }: Json): Json {
  return token === undefined ? rest : { ...rest, token: '(a token)' };
}

/** Null for a content type that Slack does not read. */
async function readBody(request: IncomingMessage): Promise<Json | null> {
  const body = await textOf(request);
  const type = (request.headers['content-type'] ?? '').split(';')[0]?.trim();
  if (body === '') return {};
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(body));
  const parsed = type === 'application/json' ? parseJson(body) : null;
  return isJson(parsed) ? parsed : null;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

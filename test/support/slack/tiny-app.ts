import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeServer, listen } from '../fake-connector';
import { isJson, type Json, parseJson } from './json';

/** What reached the app. */
export interface Arrival {
  readonly body: Json;
  readonly contentType: string;
  readonly isSigned: boolean;
  readonly retry: string | null;
}

export interface TinyApp {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  /** How the next deliveries are answered; with 200 and nothing unless told. */
  answerWith(
    answer: (body: Json) => { readonly status?: number; readonly body?: Json; readonly after?: number },
  ): void;
  close(): Promise<void>;
}

/** The least app that Slack can speak to. */
export async function startTinyApp(signingSecret: string): Promise<TinyApp> {
  const arrivals: Arrival[] = [];
  let answer: Parameters<TinyApp['answerWith']>[0] = () => ({});
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const raw = Buffer.concat(chunks).toString('utf8');
      const header = (name: string): string => String(request.headers[name] ?? '');
      const base = `v0:${header('x-slack-request-timestamp')}:${raw}`;
      const signature = `v0=${createHmac('sha256', signingSecret).update(base).digest('hex')}`;
      const body = bodyOf(raw, header('content-type'));
      arrivals.push({
        body,
        contentType: header('content-type'),
        isSigned: signature === header('x-slack-signature'),
        retry: header('x-slack-retry-num') || null,
      });
      const { status = 200, body: said, after = 0 } = answer(body);
      if (after > 0) await sleep(after);
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(said ? JSON.stringify(said) : '');
    })();
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}/slack/events`,
    arrivals,
    answerWith: (next) => void (answer = next),
    close: () => closeServer(server),
  };
}

/** A form's `payload` is what it carries. */
function bodyOf(raw: string, contentType: string): Json {
  const form = contentType === 'application/json' ? null : new URLSearchParams(raw);
  const body =
    form === null ? parseJson(raw) : (parseJson(form.get('payload') ?? '') ?? Object.fromEntries(form));
  return isJson(body) ? body : {};
}

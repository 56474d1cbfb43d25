import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, type Request } from 'express';
import { isFromThisMachine } from './remote-address';

export interface OperationsDeps {
  readonly metrics: { expose(): Promise<{ readonly contentType: string; readonly body: string }> };
  /** Null: `/metrics` is for this machine alone. */
  readonly metricsToken: string | null;
  readonly isReady: () => Promise<boolean>;
}

/** Milliseconds. */
const readyWithin = 1_000;

/** What those who run Rollcall ask of it: is it alive, is it ready, what does it count. */
export function createOperations({ metrics, metricsToken, isReady }: OperationsDeps): Router {
  const router = Router({ caseSensitive: true });
  router.get('/livez', (_, response) => {
    response.type('text').send('ok');
  });
  router.get('/readyz', async (_, response) => {
    const ready = await isReadyInTime(isReady);
    response
      .status(ready ? 200 : 503)
      .type('text')
      .send(ready ? 'ok' : 'MongoDB does not answer');
  });
  router.get('/metrics', async (request, response) => {
    if (!isFromThisMachine(request) && !(metricsToken && bears(request, metricsToken))) {
      response.set('WWW-Authenticate', 'Bearer').sendStatus(metricsToken ? 401 : 403);
      return;
    }
    const { contentType, body } = await metrics.expose();
    response.set('Content-Type', contentType).send(body);
  });
  return router;
}

async function isReadyInTime(isReady: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, readyWithin, false)));
  const answer = await Promise.race([isReady().catch(() => false), late]);
  clearTimeout(timer);
  return answer;
}

function bears(request: Request, token: string): boolean {
  const [, given] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

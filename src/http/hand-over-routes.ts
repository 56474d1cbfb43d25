import { pipeline } from 'node:stream/promises';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { isFormId } from '../domain/hand-over';
import type { Entropy } from '../domain/entropy';
import type { Clock } from '../ports/clock';
import type { HandOvers } from '../ports/hand-overs';
import type { Log } from '../ports/log';
import type { Words } from '../words/words';
import { createHandOverPage, handOverPolicy, type HandOverView } from './hand-over-page';
import { languageOfReader } from './reader';
import { createReveal, newReference } from './reveal';
import { isSameOrigin } from './same-origin';
import { createVisits } from './visits';

export interface HandOverRoutesDeps {
  readonly handOvers: Pick<HandOvers, 'findByToken' | 'reveal' | 'parts'>;
  readonly words: Pick<Words, 't'>;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly publicUrl: string;
  readonly opened: (handOverId: string) => void;
}

const statuses: Record<HandOverView['kind'], number> = {
  waiting: 200,
  revealed: 200,
  'revealed-sheet': 200,
  foreign: 403,
  unknown: 404,
  opened: 410,
  expired: 410,
  replaced: 410,
  'too-many': 429,
  failed: 500,
  away: 503,
  uncertain: 503,
  unreadable: 503,
};

/** The page of a one-time link: looking shows a button, the button shows what is behind it, once. */
export function createHandOverRoutes(deps: HandOverRoutesDeps): RequestHandler {
  const { clock, entropy, log, publicUrl } = deps;
  const page = createHandOverPage(deps.words);
  const reveal = createReveal(deps);
  const visits = createVisits(clock);

  const decide = async (request: Request): Promise<HandOverView> => {
    if (!visits.allow(request)) return { kind: 'too-many' };
    const posted = request.method === 'POST';
    if (posted && !isSameOrigin(request.headers, publicUrl)) return { kind: 'foreign' };
    const token = tokenOf(request.path);
    const view = token ? await (posted ? reveal.reveal(token) : reveal.look(token)) : unknown;
    if (view.kind === 'unknown') visits.noteGuess(request);
    return view;
  };

  const fail = (error: unknown): HandOverView => {
    const reference = newReference(entropy);
    log.error({ reference, err: error }, 'The hand-over page failed unexpectedly.');
    return { kind: 'failed', reference };
  };

  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    if (!['GET', 'HEAD', 'POST'].includes(request.method)) {
      response.set('Allow', 'GET, HEAD, POST');
      next({ status: 405 });
      return;
    }
    const view = await decide(request).catch(fail);
    protect(response);
    if (view.kind === 'too-many' || view.kind === 'away') response.set('Retry-After', '60');
    response.status(statuses[view.kind]).type('html');
    const language = languageOfReader(request);
    if (view.kind === 'revealed-sheet')
      await sendInPieces(response, page.inPieces(view.sheet, language), log);
    else response.send(page.whole(view, language));
  };
}

/** As fast as the reader takes it; a reader who goes away ends it. What was read is not shown a second time. */
async function sendInPieces(response: Response, pieces: AsyncIterable<string>, log: Log): Promise<void> {
  try {
    await pipeline(pieces, response);
  } catch (error) {
    log.warn({ err: error }, 'A sheet was not sent to its end.');
    response.destroy();
  }
}

const unknown: HandOverView = { kind: 'unknown' };

/** Tokens have the form of form ids; anything else is not looked up. */
function tokenOf(path: string): string | null {
  const token = path.slice(1);
  return isFormId(token) ? token : null;
}

function protect(response: Response): void {
  response.set({
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': handOverPolicy,
    'X-Robots-Tag': 'noindex, nofollow',
    Vary: 'Accept-Language',
  });
}

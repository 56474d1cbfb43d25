import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Entropy } from '../domain/entropy';
import { isFormId } from '../domain/hand-over';
import type { Clock } from '../ports/clock';
import type { KeptFiles, NewFile } from '../ports/files';
import type { Log } from '../ports/log';
import { StorageAway } from '../ports/storage-away';
import type { Words } from '../words/words';
import { createFilePage, filePagePolicy, type FileFault } from './file-page';
import { languageOfReader } from './reader';
import { newReference } from './reveal';
import { createVisits } from './visits';

export interface FileRoutesDeps {
  readonly files: KeptFiles;
  readonly words: Pick<Words, 't'>;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
}

const statuses: Record<FileFault['kind'], number> = { unknown: 404, 'too-many': 429, failed: 500, away: 503 };

type Found = { readonly kind: 'found'; readonly file: NewFile };

/** A file that was made for an operator, for whoever has its link. */
export function createFileRoutes({ files, words, clock, entropy, log }: FileRoutesDeps): RequestHandler {
  const page = createFilePage(words);
  const visits = createVisits(clock);

  const find = async (request: Request): Promise<Found | FileFault> => {
    if (!visits.allow(request)) return { kind: 'too-many' };
    const token = request.path.slice(1);
    const file = isFormId(token) ? await files.find(token, clock.now()) : null;
    if (file) return { kind: 'found', file };
    visits.noteGuess(request);
    return { kind: 'unknown' };
  };

  const fail = (error: unknown): FileFault => {
    if (error instanceof StorageAway) {
      log.warn({ err: error }, 'MongoDB does not answer; a file was not given.');
      return { kind: 'away' };
    }
    const reference = newReference(entropy);
    log.error({ reference, err: error }, 'A file could not be given.');
    return { kind: 'failed', reference };
  };

  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    if (!['GET', 'HEAD'].includes(request.method)) {
      response.set('Allow', 'GET, HEAD');
      next({ status: 405 });
      return;
    }
    const found = await find(request).catch(fail);
    response.set('X-Robots-Tag', 'noindex, nofollow');
    if (found.kind === 'found') {
      give(response, found.file);
      return;
    }
    if (found.kind === 'too-many' || found.kind === 'away') response.set('Retry-After', '60');
    response
      .status(statuses[found.kind])
      .set({ 'Content-Security-Policy': filePagePolicy, Vary: 'Accept-Language' })
      .type('html')
      .send(page(found, languageOfReader(request)));
  };
}

/** Every chat may show a picture, the demo page under another name of this machine, too. */
function give(response: Response, { name, contentType, bytes }: NewFile): void {
  const isPicture = contentType.startsWith('image/');
  response
    .set({
      'Content-Type': contentType,
      'Content-Disposition': `${isPicture ? 'inline' : 'attachment'}; ${fileName(name)}`,
      ...(isPicture ? { 'Cross-Origin-Resource-Policy': 'cross-origin' } : {}),
    })
    .send(bytes);
}

/** RFC 6266: plain ASCII for old clients, then the whole name. No folder, no control character, no quote. */
function fileName(name: string): string {
  const safe = name.slice(0, 150).replace(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]/gu, '_');
  const plain = safe.replace(/[^\x20-\x7e]|%/g, '_');
  const encoded = encodeURIComponent(safe).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return `filename="${plain}"; filename*=UTF-8''${encoded}`;
}

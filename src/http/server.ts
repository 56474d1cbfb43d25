import { createServer, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Door } from '../chat/door';
import { createFileRoutes, type FileRoutesDeps } from './file-routes';
import { createHandOverRoutes, type HandOverRoutesDeps } from './hand-over-routes';
import { createOperations, type OperationsDeps } from './operations';
import { newReference } from './reveal';
import { createStop } from './stop';

export interface HttpServerDeps extends HandOverRoutesDeps, FileRoutesDeps, OperationsDeps {
  readonly doors: readonly Pick<Door, 'routes'>[];
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
}

export interface HttpServer {
  /** Rejects with `AddressUnavailable` when the address cannot be had. */
  listen(): Promise<{ readonly port: number }>;
  /** No new requests; resolves when the running ones are answered, within a few seconds. */
  close(): Promise<void>;
}

/** The address cannot be listened on; the message says what to do. */
export class AddressUnavailable extends Error {
  override readonly name = 'AddressUnavailable';

  constructor(host: string, port: number, cause: Error) {
    super(
      `PORT: ${port} on ${host} cannot be had (${cause.message}). Stop what uses it, or set another PORT.`,
      { cause },
    );
  }
}

/** Everything that Rollcall answers over HTTP. What is not mounted here does not exist. */
export function createHttpServer(deps: HttpServerDeps): HttpServer {
  const server = createServer(createApp(deps));
  server.headersTimeout = 10_000;
  server.requestTimeout = 60_000;
  const stop = createStop(server);

  return {
    listen: () =>
      new Promise((resolve, reject) => {
        const fail = (error: Error): void => reject(new AddressUnavailable(deps.host, deps.port, error));
        server.once('error', fail);
        server.listen(deps.port, deps.host, () => {
          server.off('error', fail);
          resolve({ port: (server.address() as AddressInfo).port });
        });
      }),
    close: stop,
  };
}

function createApp(deps: HttpServerDeps): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').enable('case sensitive routing');
  app.use(createProtection(deps.publicUrl), createRequestLog(deps));
  for (const route of deps.doors.flatMap((door) => door.routes)) {
    const mount: RequestHandler = (request, response) => route.handle(request, response);
    if (route.method === 'GET') app.get(route.path, mount);
    else app.post(route.path, mount);
  }
  app.use('/s', createHandOverRoutes(deps));
  app.use('/f', createFileRoutes(deps));
  app.use(createOperations(deps));
  app.use((_, response) => {
    response.sendStatus(404);
  });
  app.use(createErrorHandler(deps));
  return app;
}

/** Strict unless a route says otherwise: nothing is loaded, framed, sent on or kept. */
function createProtection(publicUrl: string): RequestHandler[] {
  const none = ["'none'"];
  const directives = { defaultSrc: none, baseUri: none, formAction: none, frameAncestors: none };
  const secure = publicUrl.startsWith('https:');
  return [
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives },
      referrerPolicy: { policy: 'no-referrer' },
      frameguard: { action: 'deny' },
      strictTransportSecurity: secure ? { includeSubDomains: false } : false,
    }),
    (_, response, next) => {
      response.set('Cache-Control', 'no-store');
      next();
    },
  ];
}

/** Says nothing of what follows the first part of a path: behind /s/ and /f/ it is a secret. */
function createRequestLog({ clock, log }: HttpServerDeps): RequestHandler {
  return (request, response, next) => {
    const started = clock.now().getTime();
    const { method, path } = request;
    response.once('finish', () => {
      const [, link] = /^\/([sf])(\/|$)/.exec(path) ?? [];
      const route = link
        ? `/${link}/:token`
        : ((request.route as { path?: unknown } | undefined)?.path ?? null);
      log.debug(
        { method, route, status: response.statusCode, ms: clock.now().getTime() - started },
        'Answered.',
      );
    });
    next();
  };
}

function createErrorHandler({ entropy, log }: HttpServerDeps): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const status = statusOf(error);
    if (status < 500 && !response.headersSent) {
      response.sendStatus(status);
      return;
    }
    const reference = newReference(entropy);
    log.error({ reference, method: request.method, err: error }, 'A request failed unexpectedly.');
    if (response.headersSent) next(error);
    else
      response
        .status(500)
        .type('text')
        .send(`${STATUS_CODES[500] ?? ''} ${reference}`);
  };
}

/** Faults of the request itself carry a status below 500; their words may quote the path and are not repeated. */
function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : 500;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

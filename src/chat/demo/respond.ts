import type { IncomingMessage, ServerResponse } from 'node:http';
import { loopbackFault } from '../loopback';
import type { Log } from '../../ports/log';

const pagePolicy = (publicUrl: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' data: ${publicUrl}/f/`,
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

const statusOfFault = {
  host: 403,
  origin: 403,
  method: 405,
  'media-type': 415,
  'too-large': 413,
  'not-understood': 400,
  unexpected: 500,
} as const;

export type Fault = keyof typeof statusOfFault;

/** What every answer of the demo carries. */
function setSecurityHeaders(response: ServerResponse, publicUrl: string): void {
  response.setHeader('Content-Security-Policy', pagePolicy(publicUrl));
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('X-Frame-Options', 'DENY');
  response.setHeader('Referrer-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.setHeader('Cache-Control', 'no-store');
}

export function respond(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.statusCode = status;
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

export function respondJson(response: ServerResponse, status: number, body: object): void {
  respond(response, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

/** `reference` stands in the log as well. */
export function respondFault(response: ServerResponse, fault: Fault, reference?: string): void {
  if (fault === 'too-large') response.setHeader('Connection', 'close');
  respondJson(response, statusOfFault[fault], reference ? { error: fault, reference } : { error: fault });
}

/** Sets the headers, and answers what is not for us: false means the request is done with. */
export function admit(
  request: IncomingMessage,
  response: ServerResponse,
  method: 'GET' | 'POST',
  { log, publicUrl }: { readonly log: Log; readonly publicUrl: string },
): boolean {
  setSecurityHeaders(response, publicUrl);
  const fault = loopbackFault(request.headers) ?? methodFault(request, method);
  if (!fault) return true;
  if (fault === 'method') response.setHeader('Allow', method === 'GET' ? 'GET, HEAD' : method);
  else log.warn({ fault, host: request.headers.host }, 'A request to the demo page was refused.');
  respondFault(response, fault);
  return false;
}

function methodFault(request: IncomingMessage, method: 'GET' | 'POST'): 'method' | null {
  if (request.method === method || (method === 'GET' && request.method === 'HEAD')) return null;
  return 'method';
}

import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a form was sent from our own page, as far as the browser says. `Origin: null` says nothing: browsers
 * send it from our own page, too, because of its `no-referrer`.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const origin = headers.origin?.toLowerCase();
  if (origin === undefined || origin === 'null') return true;
  const host = headers.host?.toLowerCase() ?? '';
  return [new URL(publicUrl).origin, `http://${host}`, `https://${host}`].includes(origin);
}

import type { IncomingHttpHeaders } from 'node:http';

const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

/**
 * Why this request may not reach the demo, or null. A web page elsewhere gives itself away by its Origin or
 * by Sec-Fetch-Site, a rebound DNS name by its Host.
 */
export function loopbackFault(headers: IncomingHttpHeaders): 'host' | 'origin' | null {
  const host = headers.host?.toLowerCase() ?? '';
  if (!loopbackHost.test(host)) return 'host';
  const origin = headers.origin?.toLowerCase();
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) return 'origin';
  const site = headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none' ? null : 'origin';
}

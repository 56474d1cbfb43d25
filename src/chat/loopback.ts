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
  return isOwnSite(headers) || isFollowedLink(headers) ? null : 'origin';
}

function isOwnSite({ 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** A link to the demo on another page, followed by a person: it shows the page, and browsers send it as GET only. */
function isFollowedLink(headers: IncomingHttpHeaders): boolean {
  return headers.origin === undefined && headers['sec-fetch-mode'] === 'navigate';
}

import type { IncomingMessage } from 'node:http';

const host = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;
const origin = /^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i;
const names = ['127.0.0.1', 'localhost', '[::1]'];

/** False for a page of another site in the reader's browser, and for a DNS name rebound to this machine. */
export function isFromLoopback({ headers }: IncomingMessage): boolean {
  return host.test(headers.host ?? '') && (headers.origin === undefined || origin.test(headers.origin));
}

/** Unsigned activities name the address that is answered: nothing beyond this machine is ever called for them. */
export function isLoopbackUrl(url: string): boolean {
  const { protocol, hostname, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && names.includes(hostname) && !username && !password;
}

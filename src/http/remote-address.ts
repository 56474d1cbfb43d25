import type { IncomingMessage } from 'node:http';

const forwardedHeaders = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];

/** By the way a socket spells the address of its other end. */
const loopback = /^(127\.|::1$)/;
const nearby = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|f[cd][0-9a-f]{2}:)/;

/** The other end of the connection; an IPv4 address is written as one, on a socket of both families, too. */
function peerOf(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d)/, '');
}

/** Whether the request was made on this machine. One that came through a proxy was not, wherever the proxy runs. */
export function isFromThisMachine(request: IncomingMessage): boolean {
  const forwarded = forwardedHeaders.some((name) => request.headers[name] !== undefined);
  return !forwarded && loopback.test(peerOf(request));
}

/**
 * Who to count a request for. Behind a proxy of our own network it is the address that this proxy saw, which is the
 * last one in the list. Good enough to share out load, not to grant anything.
 */
export function callerOf(request: IncomingMessage): string {
  const peer = peerOf(request);
  if (!loopback.test(peer) && !nearby.test(peer)) return peer;
  const seen = String(request.headers['x-forwarded-for'] ?? '').split(',');
  return seen.at(-1)?.trim().slice(0, 64) || peer;
}

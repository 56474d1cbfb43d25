import { BlockList, isIPv6 } from 'node:net';
import type { IncomingMessage } from 'node:http';

const forwardedHeaders = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

const nearby = new BlockList();
nearby.addSubnet('10.0.0.0', 8);
nearby.addSubnet('172.16.0.0', 12);
nearby.addSubnet('192.168.0.0', 16);
nearby.addSubnet('fc00::', 7, 'ipv6');

const contains = (list: BlockList, address: string) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');

/** The other end of the connection; an IPv4 address is written as one, on a socket of both families, too. */
function peerOf(request: IncomingMessage): string {
  return (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d)/, '');
}

/** Whether the request was made on this machine. One that came through a proxy was not, wherever the proxy runs. */
export function isFromThisMachine(request: IncomingMessage): boolean {
  const forwarded = forwardedHeaders.some((name) => request.headers[name] !== undefined);
  return !forwarded && contains(loopback, peerOf(request));
}

/**
 * Who to count a request for. Behind a proxy of our own network it is the address that this proxy saw, which is the
 * last one in the list. Good enough to share out load, not to grant anything.
 */
export function callerOf(request: IncomingMessage): string {
  const peer = peerOf(request);
  if (!contains(loopback, peer) && !contains(nearby, peer)) return peer;
  const seen = String(request.headers['x-forwarded-for'] ?? '').split(',');
  return seen.at(-1)?.trim().slice(0, 64) || peer;
}

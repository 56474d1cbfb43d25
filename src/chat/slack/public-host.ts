import { BlockList, isIP } from 'node:net';

const near = new BlockList();
const nets = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const;
for (const [net, prefix] of nets) near.addSubnet(net, prefix, 'ipv4');
const nets6 = [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const;
for (const [net, prefix] of nets6) near.addSubnet(net, prefix, 'ipv6');

/** Names that no public name server knows. */
const nearName = /^[^.]+$|\.(?:home\.arpa|internal|intranet|lan|local|localhost)$/;

/** False for an address on this machine or in a private network, which Slack cannot reach whatever stands there. */
export function hasPublicHost(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const host = new URL(url).hostname.replace(/^\[|\]$|\.$/g, '');
  const family = isIP(host);
  return family === 0 ? !nearName.test(host) : !near.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

import type { Fault } from './fault';

/** Characters allowed in all, before the `@` and after it. */
export const upnLimits = { whole: 113, local: 64, domain: 48 } as const;

/** What two user principal names have in common when they are the same: compared without case. */
export function upnKey(upn: string): string {
  return upn.toLowerCase().normalize('NFC');
}

type UpnPart = 'local' | 'domain';

/** Rules for what stands before the `@`. */
export function checkLocalPart(local: string): Fault<'local'>[] {
  if (local === '') return [{ field: 'local', reason: 'required' }];
  const faults: Fault<'local'>[] = [];
  if (local.includes('@')) faults.push({ field: 'local', reason: 'more-than-one-at' });
  else if (!/^[A-Za-z0-9'.\-_!#^~]+$/.test(local))
    faults.push({ field: 'local', reason: 'not-allowed-characters' });
  if (local.endsWith('.')) faults.push({ field: 'local', reason: 'dot-before-at' });
  if (local.length > upnLimits.local)
    faults.push({ field: 'local', reason: 'too-long', limit: upnLimits.local });
  return faults;
}

/** Rules for a whole user principal name; whether the domain is the customer's is not asked here. */
export function checkUpn(upn: string): Fault<UpnPart>[] {
  const at = upn.lastIndexOf('@');
  const domain = at < 0 ? '' : upn.slice(at + 1);
  const faults: Fault<UpnPart>[] = checkLocalPart(at < 0 ? upn : upn.slice(0, at));
  if (domain === '') faults.push({ field: 'domain', reason: 'required' });
  else if (!/^[A-Za-z0-9.-]+$/.test(domain))
    faults.push({ field: 'domain', reason: 'not-allowed-characters' });
  if (domain.length > upnLimits.domain) {
    faults.push({ field: 'domain', reason: 'too-long', limit: upnLimits.domain });
  }
  if (upn.length > upnLimits.whole && !faults.some((fault) => fault.reason === 'too-long')) {
    faults.push({ field: 'local', reason: 'too-long', limit: upnLimits.whole - domain.length - 1 });
  }
  return faults;
}

/** `ann@contoso.example` typed where only `ann` was asked for is accepted, if the domain is the chosen one. */
export function withoutDomain(username: string, domain: string): string {
  const at = username.indexOf('@');
  return at > 0 && domain !== '' && upnKey(username.slice(at + 1)) === upnKey(domain)
    ? username.slice(0, at)
    : username;
}

/** The parts of a user principal name; without an `@` there is no domain. */
export function partsOfUpn(upn: string): { readonly local: string; readonly domain: string } {
  const at = upn.lastIndexOf('@');
  return at < 0 ? { local: upn, domain: '' } : { local: upn.slice(0, at), domain: upn.slice(at + 1) };
}

/**
 * Names like `local` in this domain, the nearest first: as it is, then numbered from 2 on. Each keeps to the limits
 * of length; whether one is free is not asked here.
 */
export function proposeUpns(local: string, domain: string, count: number): readonly string[] {
  const room = Math.min(upnLimits.local, upnLimits.whole - domain.length - 1);
  return Array.from({ length: count }, (_, place) => {
    const number = place === 0 ? '' : `${/\d$/.test(local) ? '.' : ''}${place + 1}`;
    return `${local.slice(0, room - number.length).replace(/\.+$/, '')}${number}@${domain}`;
  });
}

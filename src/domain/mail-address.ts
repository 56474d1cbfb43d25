import type { Fault } from './fault';
import { tidyText } from './text';

/** Signs that every mail server takes without quotes; neither a list nor a second line can be made of them. */
const local = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domain = /^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])$/;
const limits = { whole: 254, local: 64 } as const;

/** One address, as typed without spaces around it; or what is wrong with it. */
export function checkMailAddress(
  typed: string | undefined,
): { readonly address: string } | { readonly fault: Fault<'email'> } {
  const address = tidyText(typed);
  if (address === '') return { fault: { field: 'email', reason: 'required' } };
  if (address.length > limits.whole)
    return { fault: { field: 'email', reason: 'too-long', limit: limits.whole } };
  const at = address.lastIndexOf('@');
  const name = address.slice(0, Math.max(at, 0));
  const right = name.length <= limits.local && local.test(name) && domain.test(address.slice(at + 1));
  return right ? { address } : { fault: { field: 'email', reason: 'not-an-address' } };
}

/** Enough of an address to know it again: `z…@example.org`. */
export function shortenedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}…${address.slice(at)}`;
}

import { upnLimits } from './upn';

/** The names between commas, semicolons, spaces and line ends, in lower case, each once. */
export function splitDomains(typed: string | undefined): string[] {
  return [...new Set((typed ?? '').toLowerCase().split(/[\s,;]+/))].filter((name) => name !== '');
}

/** A DNS name of at least two labels, lower case, short enough to stand in a user principal name. */
export function isDomainName(name: string): boolean {
  const labels = name.split('.');
  if (name.length > upnLimits.domain || labels.length < 2) return false;
  return (
    labels.every((label) => /^(?!-)[a-z0-9-]{1,63}(?<!-)$/.test(label)) && /[a-z]/.test(labels.at(-1) ?? '')
  );
}

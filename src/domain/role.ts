import { fingerprint } from './fingerprint';

/** The directory roles that a user can hold at a customer, by Microsoft's names. */
export const directoryRoles = [
  'Global Administrator',
  'User Administrator',
  'Helpdesk Administrator',
  'Password Administrator',
  'License Administrator',
  'Billing Administrator',
  'Service Support Administrator',
  'Exchange Administrator',
  'SharePoint Administrator',
  'Teams Administrator',
  'Skype for Business Administrator',
  'Groups Administrator',
  'Directory Readers',
  'Directory Writers',
  'Global Reader',
  'Reports Reader',
  'Message Center Reader',
  'Guest Inviter',
  'Authentication Administrator',
  'Privileged Authentication Administrator',
  'Privileged Role Administrator',
  'Security Administrator',
  'Security Reader',
  'Usage Summary Reports Reader',
  'Intune Administrator',
] as const;
type DirectoryRole = (typeof directoryRoles)[number];

export function isDirectoryRole(name: string): name is DirectoryRole {
  return (directoryRoles as readonly string[]).includes(name);
}

function codeOf(role: string): string {
  return fingerprint([role]).slice(0, 4);
}

/** Roles in few characters, for what has little room; always the same for a role, comma-joined. */
export function codesOfRoles(roles: readonly string[]): string {
  return roles.map(codeOf).join(',');
}

/** Those whose codes are joined here; unknown codes are left out. */
export function rolesOfCodes(codes: string): readonly string[] {
  return codes.split(',').flatMap((code) => directoryRoles.filter((role) => codeOf(role) === code));
}

import type { ImportFault } from './import-fault';
import { productsNamed, type ImportCells } from './import-user';
import { namesForReading } from './fault';
import { tidyText } from './text';
import { checkUpn, upnKey } from './upn';

/** What a row of a licenses file asks for; of a file of names alone, `license` is '' until products are chosen. */
export interface LicenseRow {
  readonly userPrincipalName: string;
  readonly license: string;
  readonly action: 'assign' | 'remove';
}

export type LicenseRowCheck =
  | { readonly ok: true; readonly row: LicenseRow }
  | { readonly ok: false; readonly faults: readonly ImportFault[] };

const actions: ReadonlyMap<string, LicenseRow['action']> = new Map([
  ['assign', 'assign'],
  ['add', 'assign'],
  ['attribuer', 'assign'],
  ['affecter', 'assign'],
  ['remove', 'remove'],
  ['retirer', 'remove'],
  ['supprimer', 'remove'],
]);

/** Products of the customer can be given; any product can be taken, though the customer has it no longer. */
export function checkLicenseRow(
  cells: ImportCells,
  { skuPartNumbers }: { readonly skuPartNumbers: readonly string[] },
): LicenseRowCheck {
  const { faults, userPrincipalName } = readName(cells);
  const [license = ''] = productsNamed(skuPartNumbers, [tidyText(cells.license)]);
  const action = actions.get(tidyText(cells.action).toLowerCase());
  if (license === '') faults.push({ field: 'license', reason: 'required' });
  else if (action !== 'remove' && !skuPartNumbers.includes(license))
    faults.push({ field: 'license', reason: 'unknown-license', names: namesForReading([license]) });
  if (!action) {
    const names = namesForReading([tidyText(cells.action)]);
    faults.push({ field: 'action', reason: 'not-assign-or-remove', names });
  }
  return !action || faults.length > 0
    ? { ok: false, faults }
    : { ok: true, row: { userPrincipalName, license, action } };
}

export function checkNameRow(cells: ImportCells): LicenseRowCheck {
  const { faults, userPrincipalName } = readName(cells);
  return faults.length > 0
    ? { ok: false, faults }
    : { ok: true, row: { userPrincipalName, license: '', action: 'assign' } };
}

/** What rows are doubled by: the same product for the same user, whatever the action. */
export function licenseRowKey({ userPrincipalName, license }: LicenseRow): string {
  return `${upnKey(userPrincipalName)} ${license}`;
}

function readName(cells: ImportCells): {
  readonly userPrincipalName: string;
  readonly faults: ImportFault[];
} {
  const userPrincipalName = tidyText(cells.userPrincipalName);
  const [fault] = checkUpn(userPrincipalName);
  if (!fault) return { userPrincipalName, faults: [] };
  const reason = userPrincipalName === '' ? 'required' : 'no-such-user';
  const names = namesForReading([userPrincipalName]);
  return { userPrincipalName, faults: [{ field: 'userPrincipalName', reason, names }] };
}

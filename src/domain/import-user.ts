import type { ImportFault, ImportField } from './import-fault';
import { namesForReading } from './fault';
import { productName } from './license';
import { directoryRoles } from './role';
import { checkMailAddress } from './mail-address';
import { tidyText } from './text';
import { partsOfUpn, upnKey } from './upn';
import { checkNewUser, type UserDraft, type UserFacts } from './user';
import type { UserFault } from './user-fields';

/** What stands in a row, by what its columns are; a column that the file does not have is absent. */
export type ImportCells = Readonly<Partial<Record<ImportField, string>>>;

/** A new user as a row describes it. `usageLocation` is '' where the row names none, whatever its licenses. */
export interface ImportedUser extends UserDraft {
  readonly accountEnabled: boolean;
}

export type UserRowCheck =
  /** `handOverEmail`: where a letter may go; '' where the row names none. */
  | { readonly ok: true; readonly user: ImportedUser; readonly handOverEmail: string }
  | { readonly ok: false; readonly faults: readonly ImportFault[] };

/** Stands for a location that can still be chosen while a row is checked. */
const anyLocation = 'US';

/** With what spreadsheets write for true and false in each language. */
const yes = new Set([
  ...['yes', 'y', 'true', '1', 'oui', 'vrai', 'ja', 'wahr', 'sì', 'si', 'vero'],
  ...['sí', 'verdadero', 'sim', 'verdadeiro'],
]);
const no = new Set(['', 'no', 'n', 'false', '0', 'non', 'faux', 'nein', 'falsch', 'falso', 'não', 'nao']);

/** The rules of the form of a new user, for a row: every fault is reported. */
export function checkUserRow(cells: ImportCells, facts: UserFacts): UserRowCheck {
  const licenses = productsNamed(facts.skuPartNumbers, splitCell(cells.licenses));
  const roles = spelledAs(directoryRoles, splitCell(cells.roles));
  const named = tidyText(cells.usageLocation);
  const usageLocation = named === '' && licenses.length > 0 ? anyLocation : named;
  const upn = tidyText(cells.userPrincipalName);
  const values = {
    givenName: cells.givenName ?? '',
    surname: cells.surname ?? '',
    displayName: cells.displayName ?? '',
    username: upn,
    domain: partsOfUpn(upn).domain,
    usageLocation,
    jobTitle: cells.jobTitle ?? '',
    department: cells.department ?? '',
    licenses: licenses.join(),
    roles: roles.join(),
  };
  const check = checkNewUser(values, facts);
  const enabled = readEnabled(cells.blockSignIn);
  const handOverEmail = tidyText(cells.handOverEmail);
  const faults = [
    ...(check.ok ? [] : check.faults.map((fault) => ofColumn(fault, upn))),
    ...(enabled === null ? [wrong('blockSignIn', 'not-yes-or-no', cells.blockSignIn)] : []),
    ...checkEmail(handOverEmail, upn),
  ];
  if (!check.ok || enabled === null || faults.length > 0) return { ok: false, faults: once(faults) };
  const user = { accountEnabled: enabled, ...check.draft };
  return { ok: true, user: named === '' ? { ...user, usageLocation: '' } : user, handOverEmail };
}

/** What the operator chose, for a row that names none itself. */
export function withChoices(
  user: ImportedUser,
  { usageLocation, licenses }: Pick<UserDraft, 'usageLocation' | 'licenses'>,
): ImportedUser {
  return {
    ...user,
    usageLocation: user.usageLocation || usageLocation,
    licenses: user.licenses.length > 0 ? user.licenses : licenses,
  };
}

/** Several values in a cell, each once. */
function splitCell(cell: string | undefined): readonly string[] {
  const values = (cell ?? '').split(/[;|,]/).map(tidyText);
  return [...new Set(values)].filter((value) => value !== '');
}

/** Names in the spelling that is known, whatever their case. */
export function spelledAs(known: readonly string[], names: readonly string[]): readonly string[] {
  const spelled = names.map((name) => known.find((one) => one.toLowerCase() === name.toLowerCase()) ?? name);
  return [...new Set(spelled)];
}

/** Products by their SKU part number, or as the cards call them. */
export function productsNamed(
  skuPartNumbers: readonly string[],
  names: readonly string[],
): readonly string[] {
  const called = (sku: string, name: string): boolean =>
    productName(sku).toLowerCase() === name.toLowerCase();
  const skus = names.map((name) => skuPartNumbers.find((sku) => called(sku, name)) ?? name);
  return spelledAs(skuPartNumbers, skus);
}

function readEnabled(cell: string | undefined): boolean | null {
  const text = tidyText(cell).toLowerCase();
  if (no.has(text)) return true;
  return yes.has(text) ? false : null;
}

/** The mailbox of the account itself does not open without the very password. */
function checkEmail(email: string, upn: string): ImportFault[] {
  if (email === '') return [];
  if ('fault' in checkMailAddress(email)) return [wrong('handOverEmail', 'not-an-email', email)];
  return upnKey(email) === upnKey(upn) ? [wrong('handOverEmail', 'own-address', email)] : [];
}

function wrong(field: ImportField, reason: ImportFault['reason'], value: string | undefined): ImportFault {
  return { field, reason, names: namesForReading([tidyText(value)]) };
}

/** The form has two fields where a file has one column. */
function ofColumn({ field, ...fault }: UserFault, upn: string): ImportFault {
  if (field !== 'username' && field !== 'domain') return { ...fault, field };
  const bare = field === 'domain' && fault.reason === 'required' && upn !== '';
  return { ...fault, field: 'userPrincipalName', ...(bare ? { reason: 'no-domain' as const } : {}) };
}

/** Two fields with the same fault are one column with one. */
function once(faults: readonly ImportFault[]): readonly ImportFault[] {
  return faults.filter(
    ({ field, reason }, place) =>
      faults.findIndex((other) => other.field === field && other.reason === reason) === place,
  );
}

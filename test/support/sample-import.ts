import type { ImportFault } from '../../src/domain/import-fault';
import type { DryRun, RowPreview, RowProblem } from '../../src/ports/import-dry-run';
import {
  nothingChanged,
  type ChangedRow,
  type ChangedRows,
  type ImportRecord,
} from '../../src/ports/imports';
import { contoso, extremeCustomer, extremeProducts, hostileName, sampleNow } from './sample-data';

const longestUpn = `${'u'.repeat(64)}@${'d'.repeat(40)}.example`;

const previews: readonly RowPreview[] = [
  {
    line: 2,
    displayName: 'Zoé Durand',
    userPrincipalName: 'zoe.durand@contoso.example',
    usageLocation: 'FR',
    licenses: ['ENTERPRISEPACK'],
    roles: [],
    action: null,
    faults: [],
  },
  {
    line: 3,
    displayName: 'Adam Okoye',
    userPrincipalName: 'adam.okoye@contoso.example',
    usageLocation: '',
    licenses: [],
    roles: [],
    action: null,
    faults: [],
  },
];

const faults: readonly ImportFault[] = [
  { field: 'userPrincipalName', reason: 'not-allowed-characters' },
  { field: 'licenses', reason: 'no-seats', names: ['Office 365 E3'] },
  { field: 'row', reason: 'ragged' },
  { field: 'usageLocation', reason: 'unknown-location' },
];

const plainRun: DryRun = {
  ...{ rows: 40, ready: 40, alreadyThere: 0, duplicates: 0, unchanged: 0, notReady: 0 },
  problems: [],
  reasons: [],
  seats: [
    { customerId: contoso.id, skuPartNumber: 'ENTERPRISEPACK', needed: 12, free: 21 },
    { customerId: contoso.id, skuPartNumber: 'EMS', needed: 0, free: 1160 },
    { customerId: contoso.id, skuPartNumber: 'POWER_BI_PRO', needed: 0, free: 1 },
  ],
  moreSeats: 0,
  customers: [{ ...customerOf(contoso), ready: 40, withoutLicenses: 28 }],
  preview: previews,
  ...{ withoutLocation: 0, withoutLicenses: 28, withNeither: 0, needLocation: 0 },
  ...{
    withEmail: 0,
    withRoles: 0,
    rolesNotAllowed: 0,
    nearMisses: [],
    unknownHeadings: [],
    passwordHeadings: [],
  },
  guessed: { encoding: false, separator: false },
};

function customerAt(place: number): string {
  return place === 0 ? extremeCustomer.id : `64b7f0c2a1b2c3d4e5f7${String(place).padStart(4, '0')}`;
}

function customerOf({ id: customerId, name, defaultDomain }: typeof contoso) {
  return { customerId, name, defaultDomain };
}

/** An import of users as it was checked, all rows ready. */
export const sampleImport: ImportRecord = {
  id: '64b7f0c2a1b2c3d4e5f60740',
  customerId: contoso.id,
  ...{ state: 'checked', total: 40, created: 0, skipped: 0, failed: 0, changed: nothingChanged },
  ...{ lettered: 0, letters: null },
  operator: 'web:ada',
  locale: { language: 'en', timeZone: 'UTC' },
  fileName: 'nouveaux.csv',
  content: 'users',
  dialect: {
    ...{ family: 'partner-center', language: 'fr', format: 'csv', encoding: 'windows-1252', bom: false },
    ...{ separator: ';', newline: '\r\n', sepLine: false, versionLine: false },
    headings: ['Prénom', 'Nom', 'Nom complet', 'Adresse e-mail'],
    guessed: { encoding: false, separator: false },
  },
  digest: '0'.repeat(64),
  dryRun: plainRun,
  choices: { usageLocation: '', licenses: [], assign: [], remove: [] },
  checkedAt: sampleNow,
  ...{ startedAt: null, startedBy: null, finishedAt: null, phase: 'rows' },
  ...{ cancelRequested: false, handOverId: null, issue: null, undo: null },
};

/** Rows of every kind, a few of them not ready. */
export const mixedImport: ImportRecord = {
  ...sampleImport,
  total: 46,
  dryRun: {
    ...plainRun,
    ...{ rows: 46, ready: 37, alreadyThere: 3, duplicates: 1, notReady: faults.length + 1 },
    problems: faults.map((fault, place) =>
      problem(5 + place, 'Adresse e-mail', fault, 'zoë durand@contoso.example'),
    ),
    reasons: [{ reason: 'no-seats', rows: 2 }],
    seats: [
      { customerId: contoso.id, skuPartNumber: 'ENTERPRISEPACK', needed: 23, free: 21 },
      ...plainRun.seats.slice(1),
    ],
    ...{ withoutLocation: 9, withNeither: 9, needLocation: 4, withRoles: 1, rolesNotAllowed: 2 },
    nearMisses: [{ heading: 'Locaton', meant: 'Location' }],
    unknownHeadings: ['Locaton', 'Bureau', 'Matricule'],
    passwordHeadings: ['Mot de passe'],
    guessed: { encoding: true, separator: false },
  },
};

/** Some rows name an address, and letters are sent. */
export const letteredImport: ImportRecord = {
  ...sampleImport,
  letters: 'fr',
  dryRun: { ...plainRun, withEmail: 12 },
};

/** Everything as long and as many as it can be. */
export const extremeImport: ImportRecord = {
  ...sampleImport,
  letters: 'en',
  customerId: extremeCustomer.id,
  total: 1_000_000,
  fileName: hostileName,
  dryRun: {
    ...{ rows: 1_000_000, ready: 400_000, alreadyThere: 200_000, duplicates: 100_000 },
    ...{ unchanged: 0, notReady: 300_000 },
    problems: many(10, (place) =>
      problem(
        999_990 + place,
        hostileName,
        { field: 'licenses', reason: 'unknown-license', names: many(10, () => hostileName.slice(0, 80)) },
        hostileName,
      ),
    ),
    reasons: (['no-seats', 'ragged', 'unknown-license', 'unknown-role', 'taken', 'too-long'] as const).map(
      (reason) => ({ reason, rows: 50_000 }),
    ),
    seats: many(50, customerAt).flatMap((customerId) =>
      extremeProducts.map(({ skuPartNumber }) => ({
        customerId,
        skuPartNumber,
        needed: 999_999,
        free: 1_000,
      })),
    ),
    moreSeats: 120_000,
    customers: many(50, (place) => ({
      customerId: customerAt(place),
      name: hostileName,
      defaultDomain: extremeCustomer.defaultDomain,
      ...{ ready: 8_000, withoutLicenses: 1 },
    })),
    preview: many(5, (place) => ({
      ...{ line: place + 2, displayName: hostileName, userPrincipalName: longestUpn, usageLocation: 'FR' },
      licenses: extremeProducts.slice(0, 5).map(({ skuPartNumber }) => skuPartNumber),
      ...{ roles: [], action: null, faults: [] },
    })),
    ...{ withoutLocation: 300_000, withoutLicenses: 1, withNeither: 1, needLocation: 200_000 },
    ...{ withEmail: 300_000, withRoles: 100_000, rolesNotAllowed: 100_000 },
    nearMisses: many(12, () => ({ heading: hostileName, meant: 'Hand-over e-mail' })),
    unknownHeadings: many(100, () => hostileName),
    passwordHeadings: many(3, () => hostileName),
    guessed: { encoding: true, separator: true },
  },
};

export const runningImport: ImportRecord = {
  ...sampleImport,
  ...{ state: 'running', total: 100_000, created: 40_100, skipped: 1_200, failed: 700 },
  startedAt: new Date(sampleNow.getTime() - 50_000),
  startedBy: 'web:ada',
};

export const doneImport: ImportRecord = {
  ...mixedImport,
  ...{ state: 'done', created: 36, skipped: 4, failed: 6, phase: 'posted' },
  startedAt: sampleNow,
  startedBy: 'web:ada',
  finishedAt: sampleNow,
  handOverId: '64b7f0c2a1b2c3d4e5f60730',
};

/** Since the check somebody took a name, and seats. */
export const changedRows: ChangedRows = {
  ...{ skipped: 1, failed: 2 },
  first: [
    changedRow(4, 'ada.l@contoso.example', 'skipped', 'already-there'),
    changedRow(9, 'noor.b@contoso.example', 'failed', 'no-seats'),
    changedRow(17, 'zoe.d@contoso.example', 'failed', 'no-seats'),
  ],
};

export const mostChanges: ChangedRows = {
  ...{ skipped: 100_000, failed: 300_000 },
  first: many(10, (place) => changedRow(999_990 + place, longestUpn, 'failed', 'no-seats', hostileName)),
};

function changedRow(
  line: number,
  userPrincipalName: string,
  kind: ChangedRow['kind'],
  reason: ImportFault['reason'],
  product = 'Office 365 E3',
): ChangedRow {
  const fault = { field: reason === 'no-seats' ? 'licenses' : 'userPrincipalName', reason } as const;
  return { line, userPrincipalName, kind, fault: { ...fault, names: [product] } };
}

export const licensesImport: ImportRecord = {
  ...sampleImport,
  content: 'licenses',
  fileName: 'licenses.xlsx',
  dryRun: {
    ...plainRun,
    ...{ ready: 38, unchanged: 2, withoutLicenses: 0 },
    preview: [
      { ...previews[0]!, displayName: '', action: 'assign' },
      { ...previews[1]!, displayName: '', licenses: ['EMS'], action: 'remove' },
    ],
  },
};

export const namesImport: ImportRecord = {
  ...licensesImport,
  content: 'names',
  fileName: 'leavers.txt',
  dryRun: {
    ...plainRun,
    ...{ withoutLicenses: 0, withoutLocation: 3 },
    seats: plainRun.seats.map((one) => ({ ...one, needed: 0 })),
    preview: previews.map((one) => ({ ...one, displayName: '', licenses: [], usageLocation: '' })),
  },
};

export const nothingReady: ImportRecord = {
  ...mixedImport,
  total: 2,
  dryRun: { ...mixedImport.dryRun, rows: 2, ready: 0, alreadyThere: 0, duplicates: 0, notReady: 2 },
};

function problem(line: number, heading: string, fault: ImportFault, value: string): RowProblem {
  return {
    line,
    heading: fault.field === 'row' ? '' : heading,
    fault,
    value: fault.field === 'row' ? '' : value,
  };
}

export function many<T>(count: number, make: (place: number) => T): T[] {
  return Array.from({ length: count }, (_, place) => make(place));
}

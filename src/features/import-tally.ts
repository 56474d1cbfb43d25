import type { Customer } from '../domain/customer';
import type { ImportFault } from '../domain/import-fault';
import { linesKept, type SeatLine } from '../domain/import-seats';
import type { CustomerTouched, DryRun, RowPreview, RowProblem } from '../ports/import-dry-run';
import type { Field, MissingHeading, Row, TableOpened } from '../ports/tables';
import type { Verdict } from './import-judge';
import { shortened } from './shorten';

/** After which no further row is kept: each is kept with all of its faults. */
const mostProblems = 10;
const mostPreviews = 5;
const longestValue = 60;
/** Of a preview, so that a record stays small whatever its file. */
const longestText = 256;

type Table = Pick<TableOpened, 'columns' | 'dialect' | 'unknown' | 'missing' | 'passwordColumns'>;

/** Adds up what a file would do, row by row, without keeping the rows. */
export function createTally({ columns, dialect, unknown, missing, passwordColumns }: Table) {
  const count = {
    ...{ rows: 0, ready: 0, alreadyThere: 0, duplicates: 0, unchanged: 0, notReady: 0 },
    ...{
      withoutLocation: 0,
      withoutLicenses: 0,
      withNeither: 0,
      needLocation: 0,
      withEmail: 0,
      withRoles: 0,
      rolesNotAllowed: 0,
    },
  };
  const problems: RowProblem[] = [];
  const preview: RowPreview[] = [];
  const reasons = new Map<ImportFault['reason'], number>();
  const touched = new Map<string, { ready: number; withoutLicenses: number }>();

  const problemOf = ({ line, cells }: Row, fault: ImportFault): RowProblem => {
    const field: Field | null = fault.field === 'row' ? null : fault.field;
    const place = field === null ? -1 : columns.indexOf(field);
    const value = field === null ? '' : (cells[field] ?? '');
    return { line, heading: dialect.headings[place] ?? '', fault, value: shortened(value, longestValue) };
  };

  const addFailed = (row: Row, faults: readonly ImportFault[]): void => {
    count.notReady += 1;
    for (const reason of new Set(faults.map((fault) => fault.reason)))
      reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    if (faults.some(({ reason }) => reason === 'role-not-allowed')) count.rolesNotAllowed += 1;
    if (problems.length >= mostProblems) return;
    problems.push(...faults.map((fault) => problemOf(row, fault)));
  };

  const addSkipped = ([fault]: readonly ImportFault[]): void => {
    if (fault?.reason === 'duplicate') count.duplicates += 1;
    else if (fault?.reason === 'nothing-to-change') count.unchanged += 1;
    else count.alreadyThere += 1;
  };

  const addReady = (customerId: string, judged: Verdict['judged']): void => {
    const own = touched.get(customerId) ?? { ready: 0, withoutLicenses: 0 };
    touched.set(customerId, own);
    own.ready += 1;
    count.ready += 1;
    if (judged.kind === 'license' && !judged.located) {
      count.withoutLocation += 1;
      if (judged.change.license !== '') count.needLocation += 1;
    }
    if (judged.kind !== 'user') return;
    const { usageLocation, licenses, roles } = judged.user;
    const [noLocation, noLicense] = [usageLocation === '', licenses.length === 0];
    if (noLocation) count.withoutLocation += 1;
    if (noLicense) own.withoutLicenses += 1;
    if (noLicense) count.withoutLicenses += 1;
    if (noLocation && noLicense) count.withNeither += 1;
    if (noLocation && !noLicense) count.needLocation += 1;
    if (judged.handOverEmail !== '') count.withEmail += 1;
    if (roles.length > 0) count.withRoles += 1;
  };

  return {
    add({ row, customerId, judged, understood }: Verdict): void {
      count.rows += 1;
      if (preview.length < mostPreviews) preview.push(previewOf(row, understood, judged));
      if (judged.kind === 'failed') addFailed(row, judged.faults);
      else if (judged.kind === 'skipped') addSkipped(judged.faults);
      else if (customerId !== null) addReady(customerId, judged);
    },

    total(customers: readonly Customer[], lines: readonly SeatLine[]): DryRun {
      const { seats, more: moreSeats } = linesKept(lines);
      return {
        ...count,
        problems,
        preview,
        reasons: [...reasons]
          .map(([reason, rows]) => ({ reason, rows }))
          .sort((one, other) => other.rows - one.rows),
        ...{ seats, moreSeats },
        customers: customers.map((customer) => touchedOf(customer, touched.get(customer.id))),
        nearMisses: nearMissesOf(missing),
        unknownHeadings: unknown,
        passwordHeadings: passwordColumns,
        guessed: dialect.guessed,
      };
    },
  };
}

/** A heading is explained once, whatever it is near to. */
function nearMissesOf(missing: readonly MissingHeading[]): DryRun['nearMisses'] {
  const misses = missing.flatMap(({ heading: meant, nearest: heading }) =>
    heading === null ? [] : [{ heading, meant }],
  );
  return misses.filter(
    ({ heading }, place) => misses.findIndex((other) => other.heading === heading) === place,
  );
}

function touchedOf(
  { id, name, defaultDomain }: Customer,
  rows: Pick<CustomerTouched, 'ready' | 'withoutLicenses'> = { ready: 0, withoutLicenses: 0 },
): CustomerTouched {
  return { customerId: id, name, defaultDomain, ...rows };
}

function previewOf(
  { line, cells }: Row,
  understood: Verdict['understood'],
  judged: Verdict['judged'],
): RowPreview {
  const faults = judged.kind === 'skipped' || judged.kind === 'failed' ? judged.faults : [];
  const cell = (field: Field): string => shortened(cells[field] ?? '', longestText);
  const shown = {
    displayName: cell('displayName'),
    userPrincipalName: cell('userPrincipalName'),
    usageLocation: cell('usageLocation'),
    ...{ licenses: [], roles: [], action: null },
  };
  if (!understood) return { line, ...shown, faults };
  if ('action' in understood) {
    const { license, action } = understood;
    return { line, ...shown, licenses: license === '' ? [] : [license], action, faults };
  }
  const { displayName, userPrincipalName, usageLocation, licenses, roles } = understood;
  return { line, displayName, userPrincipalName, usageLocation, licenses, roles, action: null, faults };
}

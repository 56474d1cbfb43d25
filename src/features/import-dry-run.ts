import { productName } from '../domain/license';
import { word, type CardData } from '../ports/card';
import type { DryRun, ImportRecord, RowPreview, RowProblem } from '../ports/imports';
import { fitting } from './fitting';
import { fieldName, reasonInGeneral, reasonOf } from './import-rows';
import { shortened } from './shorten';

const mostSeats = 6;
const mostReasons = 6;
const mostPreviewed = 3;
/** Bytes for the rows that are not ready. */
const roomForProblems = 7_000;
/** Rows of which each is named with its reason. */
export const mostProblems = 10;

/** Which products the rows need, and how many seats of them are free. */
export function seatsData({ dryRun }: ImportRecord): CardData {
  const needed = dryRun.seats.filter((one) => one.needed > 0);
  const short = needed.filter((one) => one.needed > one.free);
  const several = dryRun.customers.length > 1;
  const domains = new Map(dryRun.customers.map((one) => [one.customerId, one.defaultDomain]));
  const first = [...short, ...needed.filter((one) => one.needed <= one.free)].slice(0, mostSeats);
  const others = needed.length - first.length + dryRun.moreSeats;
  return {
    seatsTitle: needed.length > 0,
    seats: first.map(({ customerId, skuPartNumber, needed: seats, free }) => ({
      product: shortened(productName(skuPartNumber), 60),
      text: word('import-checked.seats', { needed: seats, count: free }),
      color: seats > free ? 'Attention' : 'Default',
      domain: several ? [{ text: domains.get(customerId) ?? '' }] : [],
    })),
    moreSeats: others > 0 ? [{ text: word('import-checked.moreSeats', { count: others }) }] : [],
  };
}

/** The first rows that are not ready; of very many, how often each reason occurs, too. */
export function problemsData({ problems, notReady, reasons }: DryRun): CardData {
  const rows = problems.slice(0, mostProblems).map(problemData);
  const shown = rows.slice(0, fitting(rows, roomForProblems));
  const others = notReady - shown.length;
  return {
    problemsTitle: notReady > 0,
    problems: shown,
    moreProblems: others > 0 ? [{ text: word('import-checked.moreProblems', { count: others }) }] : [],
    reasons:
      others > 0
        ? reasons.slice(0, mostReasons).map(({ reason, rows }) => ({
            text: word('import-checked.reason', { count: rows, reason: reasonInGeneral(reason) }),
          }))
        : [],
  };
}

function problemData({ line, heading, fault, value }: RowProblem): CardData {
  return {
    line: word('import-checked.line', { line }),
    column: heading === '' ? fieldName(fault.field) : shortened(heading, 40),
    value: value === '' ? [] : [{ text: shortened(value, 40) }],
    reason: reasonOf(fault),
  };
}

/** The first rows as they were understood, so that a wrong column is seen at once. */
export function previewData({ content, dryRun: { preview } }: ImportRecord): CardData {
  return {
    previewTitle: preview.length > 0,
    preview: preview.slice(0, mostPreviewed).map((row) => ({
      line: word('import-checked.line', { line: row.line }),
      name: content === 'users' ? [{ text: shortened(row.displayName, 40) }] : [],
      userPrincipalName: shortened(row.userPrincipalName, 64),
      about: aboutOf(row),
    })),
  };
}

function aboutOf({ action, licenses, usageLocation }: RowPreview): CardData[] {
  const products = shortened(licenses.map(productName).join(', '), 60);
  const names = [usageLocation, products].filter((text) => text !== '').join(' · ');
  if (action !== null) return [{ text: word(`import-checked.action.${action}`, { products }) }];
  return names === '' ? [] : [{ text: names }];
}

import { productName } from '../domain/license';
import { word, type CardData } from '../ports/card';
import type { DryRun, RowPreview, RowProblem } from '../ports/import-dry-run';
import type { ImportRecord } from '../ports/imports';
import { fitting } from './fitting';
import { fieldName, reasonInGeneral, reasonOf } from './import-rows';
import { shortened } from './shorten';

const mostSeats = 6;
const mostReasons = 6;
const mostPreviewed = 3;
/** Bytes for the rows that are not ready. */
const roomForProblems = 7_000;
/** What is wrong with rows that are named. */
const mostProblems = 10;

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
export function problemsData(run: DryRun): CardData {
  const others = rowsUnnamed(run);
  return {
    problemsTitle: run.notReady > 0,
    problems: namedProblems(run).map(problemData),
    moreProblems: others > 0 ? [{ text: word('import-checked.moreProblems', { count: others }) }] : [],
    reasons:
      others > 0
        ? run.reasons.slice(0, mostReasons).map(({ reason, rows }) => ({
            text: word('import-checked.reason', { count: rows, reason: reasonInGeneral(reason) }),
          }))
        : [],
  };
}

/** How many rows that are not ready the card does not name. */
export function rowsUnnamed(run: DryRun): number {
  return run.notReady - new Set(namedProblems(run).map(({ line }) => line)).size;
}

/** What the card has room for: rows with all that is wrong with them. Only a first row that is too long is cut. */
function namedProblems({ problems }: DryRun): readonly RowProblem[] {
  const first = problems.slice(0, mostProblems);
  const shown = first.slice(0, fitting(first.map(problemData), roomForProblems));
  const cut = problems[shown.length]?.line;
  const whole = shown.filter(({ line }) => line !== cut);
  return whole.length > 0 ? whole : shown;
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

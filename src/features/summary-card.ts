import { withinReach } from '../domain/operator';
import { isAllowed } from '../domain/permission';
import { unopenedBetween } from '../domain/summary';
import { word, type Card, type CardData } from '../ports/card';
import type { Operator } from '../ports/operators';
import type { Subscription } from '../ports/reminders';
import type { OpenMatters } from '../ports/summaries';
import { rightFor } from './import-check';
import { findCustomers } from './operator-view';
import { importRow, linkRows, lostRow, type RowDeps } from './summary-rows';

const mostCustomers = 4;
const mostImports = 5;
const mostLinks = 10;
const contents = ['users', 'licenses', 'names'] as const;

export interface SummaryCardDeps extends RowDeps {
  readonly openMatters: OpenMatters;
}

interface Summary {
  readonly subscription: Subscription;
  /** Who asked for it: what is shown is what this operator may see now. */
  readonly operator: Operator;
  /** Imports that ended before it were told of already. */
  readonly since: Date;
  /** It may have come already. */
  readonly repeat: boolean;
  readonly now: Date;
}

/** What somebody should look after, with a way to each of it. Null where there is nothing. */
export async function summaryCard(summary: Summary, deps: SummaryCardDeps): Promise<Card | null> {
  const { operator, subscription, repeat, now } = summary;
  const within = withinReach(subscription.customers, operator.customers);
  const { lost, imports, links } = await openMatters(summary, within, deps);
  if (lost.length === 0 && imports.count === 0 && links.count === 0) return null;

  const shown = lost.slice(0, mostCustomers);
  const ids = [...shown, ...links.items.map(({ record }) => record)].map(({ customerId }) => customerId);
  const customers = new Map((await findCustomers(deps.directory, ids)).map((one) => [one.id, one]));
  const context = { customers, operator, within, timeZone: subscription.timeZone, now };
  const [lostRows, rowsOfLinks] = await Promise.all([
    Promise.all(shown.map((one) => lostRow(one, context, deps))),
    linkRows(links.items, context, deps),
  ]);
  const importRows = imports.items.map((one) => importRow(one, context));
  const lostCount = lost.reduce((sum, { count }) => sum + count, 0);
  const data = {
    asOf: word('reminder-summary.asOf', { at: now }),
    repeat: repeat ? [{}] : [],
    lost: section('lost', lostRows, { count: lostCount, others: lost.length - shown.length }),
    imports: section('imports', importRows, imports),
    links: section('links', rowsOfLinks, links),
  };
  return { name: 'reminder-summary', data };
}

async function openMatters(
  { subscription, operator, since, now }: Summary,
  within: Operator['customers'],
  deps: SummaryCardDeps,
) {
  const { partnerRole, customers: reach } = operator;
  const readable = contents.filter((content) => isAllowed(partnerRole, rightFor(content)));
  const [lost, imports, links] = await Promise.all([
    deps.openMatters.soonLost(subscription, within, now),
    deps.openMatters.failedImports(within, { reach, contents: readable, since, limit: mostImports }),
    isAllowed(partnerRole, 'view_user')
      ? deps.openMatters.unopenedLinks(within, { ...unopenedBetween(now, since), limit: mostLinks })
      : { items: [], count: 0 },
  ]);
  return { lost, imports, links };
}

/** `others`: those for whom there is no room. */
function section(
  name: 'lost' | 'imports' | 'links',
  rows: readonly CardData[],
  { count, others = count - rows.length }: { readonly count: number; readonly others?: number },
): readonly CardData[] {
  if (count === 0) return [];
  const more = others > 0 ? [{ text: word(`reminder-summary.${name}Others`, { count: others }) }] : [];
  return [{ title: word(`reminder-summary.${name}`, { count }), rows, others: more }];
}

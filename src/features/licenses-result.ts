import { z } from 'zod';
import type { Customer } from '../domain/customer';
import { productName } from '../domain/license';
import type { LicenseResult } from '../domain/license-change';
import type { ActiveUser } from '../domain/user';
import { word, type Card, type CardData, type Word } from '../ports/card';
import { customerOf } from './customer-view';
import { fitting } from './fitting';
import { namesInBrief, shortened } from './shorten';
import { waysBack } from './ways-back';

const skus = z.array(z.string());
const stored = z.array(
  z.strictObject({ userId: z.string(), given: skus, taken: skus, refused: skus, location: z.string() }),
);

/** What came of it for each user, by ids and product names alone. */
export type LicenseOutcome = z.infer<typeof stored>;
type OutcomeOfOne = LicenseOutcome[number];

/** As it is stored with the effect, to be shown again when the form is sent again. */
export function storeOutcome(results: readonly LicenseResult[]): string {
  const outcome: LicenseOutcome = results.map(({ before, after, given, taken, refused }) => ({
    userId: before.id,
    ...{ given: [...given], taken: [...taken], refused: [...refused] },
    location: after.usageLocation === before.usageLocation ? '' : after.usageLocation,
  }));
  return JSON.stringify(outcome);
}

export function readOutcome(text: string | undefined): LicenseOutcome {
  return stored.parse(JSON.parse(text ?? '[]'));
}

type NamedUser = Pick<ActiveUser, 'id' | 'displayName' | 'userPrincipalName'>;

/** Bytes of the card for the users for whom something changed; those without a seat are all named before. */
const roomForUsers = 9_000;
/** As many as can be named in full when each has a seat missing. */
const fewUsers = 15;
/** The most signs of products that a button takes along. */
const longestRequest = 150;

/** Shows for each user what was given, taken and refused. */
export function licensesSavedCard(
  customer: Customer,
  users: readonly NamedUser[],
  outcome: LicenseOutcome,
): Card {
  const found = new Map(users.map((user) => [user.id, user]));
  const known = outcome.flatMap((result) => {
    const user = found.get(result.userId);
    return user ? [{ user, result }] : [];
  });
  const without = known.filter(({ result }) => result.refused.length > 0);
  const rows = known
    .filter(({ result }) => result.refused.length === 0 || changed(result))
    .map(({ user, result }) => ({ ...nameOf(user), lines: linesOf(result) }));
  const shown = fitting(rows, roomForUsers);
  const data: CardData = {
    ...customerOf(customer),
    ...headOf(outcome),
    shortages: shortages(without),
    changes: shown > 0 ? [{ users: rows.slice(0, shown) }] : [],
    more: shown < rows.length ? [{ text: word('hand-over.more', { count: rows.length - shown }) }] : [],
    again: without.length > 0 ? [{ frozen: againOf(customer.id, without) }] : [],
    ...waysBack(
      known.map(({ user }) => user),
      customer.id,
    ),
  };
  return { name: 'licenses-saved', data };
}

/** What happened on the whole. */
function headOf(outcome: LicenseOutcome): CardData {
  const count = (of: (one: OutcomeOfOne) => number): number => outcome.reduce((sum, one) => sum + of(one), 0);
  const given = count((one) => one.given.length);
  const taken = count((one) => one.taken.length);
  const refused = count((one) => one.refused.length);
  const located = count((one) => (one.location === '' ? 0 : 1));
  const nothing = given + taken === 0;
  const title = refused > 0 ? (nothing ? 'none' : 'partly') : nothing ? 'same' : 'all';
  return {
    title: word(`licenses-saved.title.${title}`),
    totals: [
      ...(given > 0 ? [{ text: word('licenses-saved.given', { count: given }) }] : []),
      ...(taken > 0 ? [{ text: word('licenses-saved.taken', { count: taken }) }] : []),
      ...(located > 0 ? [{ text: word('licenses-saved.located', { count: located }) }] : []),
    ],
  };
}

interface Known {
  readonly user: NamedUser;
  readonly result: OutcomeOfOne;
}

/** Users who miss the same products stand together; every one is named. */
function shortages(without: readonly Known[]): readonly CardData[] {
  const groups = new Map<string, Known[]>();
  for (const one of without) {
    const products = one.result.refused.join();
    groups.set(products, [...(groups.get(products) ?? []), one]);
  }
  const inFull = without.length <= fewUsers;
  return [...groups.values()].map((group) => ({
    text: word('licenses-saved.shortage', {
      count: group.length,
      products: brief(group[0]?.result.refused ?? []),
    }),
    users: group.map(({ user }) =>
      inFull ? nameOf(user) : { displayName: '', userPrincipalName: user.userPrincipalName },
    ),
  }));
}

function nameOf({ displayName, userPrincipalName }: NamedUser): CardData {
  return { displayName: shortened(displayName, 40), userPrincipalName };
}

function changed({ given, taken }: OutcomeOfOne): boolean {
  return given.length + taken.length > 0;
}

function linesOf({ given, taken }: OutcomeOfOne): readonly { readonly text: Word; color: string }[] {
  const line = (kind: string, products: readonly string[], color: string) =>
    products.length > 0
      ? [{ text: word(`licenses-saved.line.${kind}`, { products: brief(products) }), color }]
      : [];
  const lines = [...line('given', given, 'Good'), ...line('taken', taken, 'Default')];
  return lines.length > 0 ? lines : [{ text: word('licenses-saved.line.same'), color: 'Default' }];
}

function brief(products: readonly string[]): string {
  return namesInBrief(products.map(productName));
}

/** The form for those without a seat, with the products they miss chosen already. */
function againOf(customerId: string, without: readonly Known[]): CardData {
  const assign = [...new Set(without.flatMap(({ result }) => result.refused))].join(',');
  const userIds = without.map(({ user }) => user.id).join(',');
  return { customerId, userIds, ...(assign.length <= longestRequest ? { assign } : {}) };
}

import { z } from 'zod';
import { productName } from '../domain/license';
import { isAllowed } from '../domain/permission';
import type { ActiveUser, DeletedUser } from '../domain/user';
import type { AuditTrail } from '../ports/audit';
import { word, type CardData, type Word } from '../ports/card';
import type { Directory, RestoreResult } from '../ports/directory';
import type { People } from '../ports/people';
import { customerOf } from './customer-view';
import type { CustomerRequest, Reply } from './feature';
import { fitting } from './fitting';
import { roleName } from './known-names';
import { restorersOf, type Restorer } from './restorers';
import { namesInBrief, shortened } from './shorten';

const texts = z.array(z.string()).readonly().optional();
const resultSchema = z.array(
  z.strictObject({
    userId: z.string(),
    kind: z.enum(['restored', 'name-taken', 'expired', 'gone']),
    back: texts,
    withoutSeat: texts,
    roles: texts,
    withoutRoles: texts,
    renamed: z.boolean().optional(),
  }),
);
/** What became of one user, as it is kept with the effect: ids, products and roles, no names of people. */
export type Outcome = z.infer<typeof resultSchema>[number];

export function outcomeOf(result: RestoreResult): Outcome {
  if (result.kind !== 'restored') return { userId: result.userId, kind: result.kind };
  const { before, after, withoutSeat } = result;
  return {
    userId: after.id,
    kind: 'restored',
    back: after.licenses,
    withoutSeat,
    roles: after.roles,
    withoutRoles: before.roles.filter((role) => !after.roles.includes(role)),
    renamed: before.userPrincipalName !== after.userPrincipalName,
  };
}

export function outcomesIn(result: Readonly<Record<string, string>>): readonly Outcome[] {
  return resultSchema.parse(JSON.parse(result.outcomes ?? '[]'));
}

interface Deps {
  readonly directory: Pick<Directory, 'findUsers' | 'findDeletedUsers'>;
  readonly trail: Pick<AuditTrail, 'ofUser'>;
  readonly people: Pick<People, 'names'>;
}

interface Known {
  readonly active: ReadonlyMap<string, ActiveUser>;
  readonly deleted: ReadonlyMap<string, DeletedUser>;
  readonly restorers: ReadonlyMap<string, Restorer>;
}

const mostRoles = 5;
/** Bytes for the rows, so that the whole card fits into a message. */
const room = 26_500;

/** Says of each user what came back, what did not, and why. `later`: users for whom the form before had no room. */
export async function showOutcomes(
  request: CustomerRequest,
  outcomes: readonly Outcome[],
  { later = [], ...deps }: Deps & { readonly later?: readonly string[] },
): Promise<Reply> {
  const { customer, operator } = request;
  const known = await lookUp(customer.id, outcomes, deps);
  const worstFirst = [...outcomes].sort((a, b) => Number(isWhole(a)) - Number(isWhole(b)));
  const rows = worstFirst.map((outcome) => rowOf(outcome, known, outcomes.length === 1));
  const shown = rows.slice(0, fitting(rows, room));
  const restored = outcomes.filter(({ kind }) => kind === 'restored').map(({ userId }) => userId);
  const retry = outcomes.filter(({ kind }) => kind === 'name-taken').map(({ userId }) => userId);
  const next = [...retry, ...later].join(',');
  const ids = restored.join(',');
  const may = isAllowed(operator.partnerRole, 'reset_password');
  const data = {
    ...customerOf(customer),
    title: titleOf(restored.length, outcomes.length),
    users: shown,
    more:
      rows.length > shown.length
        ? [{ text: word('user-restored.more', { count: rows.length - shown.length }) }]
        : [],
    password:
      restored.length > 0 ? [{ text: word('user-restored.password', { count: restored.length }) }] : [],
    goOn:
      next === ''
        ? []
        : [
            {
              title: word('user-restored.goOn', { count: retry.length + later.length }),
              frozen: { customerId: customer.id, userIds: next },
            },
          ],
    view: restored.length === 1 ? [{ frozen: { customerId: customer.id, userIds: ids } }] : [],
    reset: may && restored.length > 0 ? [{ frozen: { customerId: customer.id, userIds: ids } }] : [],
    list: { customerId: customer.id },
  };
  return { audience: 'operator', card: { name: 'user-restored', data } };
}

function titleOf(restored: number, all: number): Word {
  if (restored === 0) return word('user-restored.nothing');
  if (restored === all) return word('user-restored.title', { count: restored });
  return word('user-restored.some', { count: restored, all });
}

async function lookUp(customerId: string, outcomes: readonly Outcome[], deps: Deps): Promise<Known> {
  const ids = outcomes.map(({ userId }) => userId);
  const [active, deleted] = await Promise.all([
    deps.directory.findUsers(customerId, ids),
    deps.directory.findDeletedUsers(customerId, ids),
  ]);
  const gone = outcomes.filter(({ kind }) => kind === 'gone').map(({ userId }) => userId);
  const back = gone.filter((id) => active.some((user) => user.id === id));
  return {
    active: new Map(active.map((user) => [user.id, user])),
    deleted: new Map(deleted.map((user) => [user.id, user])),
    restorers: await restorersOf(customerId, back, deps),
  };
}

function isWhole({ kind, withoutSeat = [], withoutRoles = [], renamed }: Outcome): boolean {
  return kind === 'restored' && withoutSeat.length === 0 && withoutRoles.length === 0 && !renamed;
}

function rowOf(outcome: Outcome, known: Known, alone: boolean): CardData {
  const user = known.active.get(outcome.userId) ?? known.deleted.get(outcome.userId);
  return {
    displayName: user ? shortened(user.displayName, 40) : word('user-restored.unknown'),
    userPrincipalName: user?.userPrincipalName ?? '',
    lines: linesOf(outcome, known, alone),
  };
}

type Line = { readonly text: Word; readonly color: string };

function linesOf(outcome: Outcome, known: Known, alone: boolean): readonly Line[] {
  switch (outcome.kind) {
    case 'restored':
      return restoredLines(outcome, alone);
    case 'name-taken':
      return [{ text: word('user-restored.nameTaken'), color: 'Attention' }];
    case 'expired': {
      const at = known.deleted.get(outcome.userId)?.restoreBy;
      return [
        { text: at ? word('user-restored.expired', { at }) : word('user-restored.gone'), color: 'Attention' },
      ];
    }
    case 'gone':
      return [
        {
          text: goneWord(outcome.userId, known),
          color: known.active.has(outcome.userId) ? 'Accent' : 'Attention',
        },
      ];
  }
}

function goneWord(userId: string, { active, restorers }: Known): Word {
  const restorer = restorers.get(userId);
  if (restorer) return word('user-restored.restoredBy', { who: restorer.who, at: restorer.at });
  return word(active.has(userId) ? 'user-restored.active' : 'user-restored.gone');
}

function restoredLines(outcome: Outcome, alone: boolean): readonly Line[] {
  const { back = [], withoutSeat = [], roles = [], withoutRoles = [], renamed = false } = outcome;
  const good = (text: Word): Line => ({ text, color: 'Good' });
  const warn = (text: Word): Line => ({ text, color: 'Warning' });
  return [
    ...(renamed ? [warn(word('user-restored.renamed'))] : []),
    ...(back.length > 0 ? [good(word('user-restored.licenses', { names: productsIn(back) }))] : []),
    ...(withoutSeat.length > 0
      ? [warn(word('user-restored.withoutSeat', { names: productsIn(withoutSeat) }))]
      : []),
    ...(roles.length > 0 ? [good(word('user-restored.roles', { names: rolesIn(roles) }))] : []),
    ...(withoutRoles.length > 0
      ? [warn(word('user-restored.withoutRoles', { names: rolesIn(withoutRoles) }))]
      : []),
    ...(alone && back.length + withoutSeat.length === 0 ? [good(word('user-restored.noLicenses'))] : []),
  ];
}

export function productsIn(skuPartNumbers: readonly string[]): string {
  return namesInBrief(skuPartNumbers.map(productName));
}

/** Several roles as one text of the reader's language. */
export function rolesIn(roles: readonly string[]): Word | string {
  const [first = '', ...others] = roles.slice(0, mostRoles).map(roleName);
  const named = others.reduce((one, other) => word('user-restored.and', { one, other }), first);
  const rest = roles.length - mostRoles;
  return rest > 0 ? word('user-restored.and', { one: named, other: `+${rest}` }) : named;
}

import type { Customer } from '../domain/customer';
import { isRestorable } from '../domain/retention';
import type { ActiveUser, DeletedUser } from '../domain/user';
import type { AuditTrail } from '../ports/audit';
import { word, type Card, type CardData } from '../ports/card';
import type { Directory } from '../ports/directory';
import type { People } from '../ports/people';
import { customerOf } from './customer-view';
import { restorersOf, type Restorer } from './restorers';
import { shortened } from './shorten';

export interface DeletionDeps {
  readonly directory: Pick<Directory, 'findUsers' | 'findDeletedUsers'>;
  readonly trail: Pick<AuditTrail, 'ofUser'>;
  readonly people: Pick<People, 'names'>;
}

/** What has become of users that were deleted together. */
export interface Deletion {
  /** Those that can still be restored. */
  readonly deleted: readonly DeletedUser[];
  /** Those whose time is over. */
  readonly lost: readonly DeletedUser[];
  readonly restored: readonly ActiveUser[];
  readonly restorers: ReadonlyMap<string, Restorer>;
  /** How many are removed for good. */
  readonly gone: number;
}

export async function findDeletion(
  { customerId, userIds, now }: { customerId: string; userIds: readonly string[]; now: Date },
  { directory, ...deps }: DeletionDeps,
): Promise<Deletion> {
  const [kept, restored] = await Promise.all([
    directory.findDeletedUsers(customerId, userIds),
    directory.findUsers(customerId, userIds),
  ]);
  const restorers = await restorersOf(
    customerId,
    restored.map(({ id }) => id),
    deps,
  );
  return {
    deleted: kept.filter((user) => isRestorable(user, now)),
    lost: kept.filter((user) => !isRestorable(user, now)),
    restored,
    restorers,
    gone: userIds.length - kept.length - restored.length,
  };
}

export interface DeletionView {
  readonly customer: Customer;
  readonly userIds: readonly string[];
  /** The form of **Undo**. */
  readonly form: string;
  readonly mayRestore: boolean;
  /** The chat is told before the time is over. */
  readonly reminded: boolean;
}

/** The card of a deletion; what it is drawn from again stands under `drawnFrom`. */
export function deletionCard({ customer, ...view }: DeletionView, deletion: Deletion): Card {
  const { userIds } = view;
  const data = {
    ...customerOf(customer),
    title: word('user-deleted.title', { count: userIds.length }),
    ...stateData({ customerId: customer.id, ...view }, deletion),
    reminded: view.reminded ? [{ text: word('user-deleted.reminded') }] : [],
    list: { customerId: customer.id },
    drawnFrom: {
      customerId: customer.id,
      userIds: userIds.join(','),
      form: view.form,
      mayRestore: view.mayRestore,
    },
  };
  return { name: 'user-deleted', data };
}

/** The part of the card that changes: who is still deleted, until when, and **Undo** for them. */
export function stateData(
  { customerId, form, mayRestore }: Pick<DeletionView, 'form' | 'mayRestore'> & { customerId: string },
  { deleted, lost, restored, restorers, gone }: Deletion,
): CardData {
  const mixed = [deleted, lost, restored].filter((group) => group.length > 0).length > 1;
  const open = mixed ? [word('user-deleted.stillDeleted')] : [];
  const over = mixed ? [word('user-deleted.lost')] : [];
  return {
    users: [
      ...deleted.map((user) => rowOf(user, open, 'Accent')),
      ...restored.map((user) => rowOf(user, [restoredBy(restorers.get(user.id))], 'Good')),
      ...lost.map((user) => rowOf(user, over, 'Warning')),
    ],
    states: [
      ...deletedState(deleted),
      ...(deleted.length + lost.length + gone === 0
        ? [{ text: word('user-deleted.allRestored', { count: restored.length }), color: 'Good' }]
        : []),
      ...(lost.length + gone > 0
        ? [{ text: word('user-deleted.over', { count: lost.length + gone }), color: 'Warning' }]
        : []),
    ],
    undo:
      mayRestore && deleted.length > 0
        ? [{ frozen: { customerId, userIds: deleted.map(({ id }) => id).join(','), form } }]
        : [],
  };
}

function deletedState(deleted: readonly DeletedUser[]): CardData[] {
  const [first] = deleted.map(({ restoreBy }) => restoreBy).sort((a, b) => a.getTime() - b.getTime());
  if (!first) return [];
  return [{ text: word('user-deleted.until', { count: deleted.length, at: first }), color: 'Accent' }];
}

function restoredBy(restorer: Restorer | undefined): ReturnType<typeof word> {
  return restorer
    ? word('user-deleted.restoredBy', { who: restorer.who, at: restorer.at })
    : word('user-deleted.restored');
}

function rowOf(
  { displayName, userPrincipalName }: ActiveUser,
  states: readonly ReturnType<typeof word>[],
  color: string,
): CardData {
  return {
    displayName: shortened(displayName, 40),
    userPrincipalName,
    lines: states.map((text) => ({ text, color })),
  };
}

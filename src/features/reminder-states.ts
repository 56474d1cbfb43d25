import { hourOfDay } from '../domain/local-day';
import { isRestorable } from '../domain/retention';
import type { ReminderTimes } from '../domain/reminder';
import type { DeletedUser } from '../domain/user';
import { word, type Word } from '../ports/card';
import type { AuditTrail } from '../ports/audit';
import type { Directory } from '../ports/directory';
import type { People } from '../ports/people';
import type { Reminders } from '../ports/reminders';
import { personOf } from './person';
import { restorersOf } from './restorers';

export interface StateDeps {
  readonly directory: Pick<Directory, 'findUsers' | 'findDeletedUsers'>;
  readonly reminders: Pick<Reminders, 'letGoOf' | 'snoozesIn'>;
  readonly trail: Pick<AuditTrail, 'ofUser'>;
  readonly people: Pick<People, 'names'>;
}

/** How it stands with a user of whom a conversation was reminded. */
export interface ReminderState {
  readonly userId: string;
  /** `over`: nobody can restore the user any more. */
  readonly kind: 'open' | 'let-go' | 'restored' | 'over';
  /** Null for a user that is removed for good. */
  readonly name: { readonly displayName: string; readonly userPrincipalName: string } | null;
  /** Also of a user that is removed for good, as far as the audit trail knows it. */
  readonly userPrincipalName: string;
  /** While the user can be restored. */
  readonly user: DeletedUser | null;
  readonly deletedBy: string | Word;
  /** What somebody did, one sentence each. */
  readonly said: readonly Word[];
}

interface Asked {
  readonly customerId: string;
  readonly conversation: string;
  readonly userIds: readonly string[];
  readonly clocks: Pick<ReminderTimes, 'hour' | 'timeZone'>;
  readonly now: Date;
}

/** How it stands with each of these users, in the order asked for. */
export async function reminderStates(asked: Asked, deps: StateDeps): Promise<readonly ReminderState[]> {
  const { customerId, conversation, userIds, clocks, now } = asked;
  const [deleted, active, letGo, snoozes] = await Promise.all([
    deps.directory.findDeletedUsers(customerId, userIds),
    deps.directory.findUsers(customerId, userIds),
    deps.reminders.letGoOf(userIds),
    deps.reminders.snoozesIn(conversation, userIds),
  ]);
  const known = new Set([...deleted, ...active].map(({ id }) => id));
  const purged = userIds.filter((id) => !known.has(id));
  const [restorers, formerNames, names] = await Promise.all([
    restorersOf(
      customerId,
      active.map(({ id }) => id),
      deps,
    ),
    formerNamesOf(customerId, purged, deps),
    deps.people.names([
      ...new Set([
        ...[...letGo, ...snoozes].map(({ by }) => by),
        ...deleted.map(({ deletedBy }) => deletedBy),
      ]),
    ]),
  ]);

  const ofDeleted = (user: DeletedUser): ReminderState => {
    const { id: userId, userPrincipalName } = user;
    const base = { userId, name: user, userPrincipalName, deletedBy: personOf(user.deletedBy, names) };
    if (!isRestorable(user, now))
      return { ...base, kind: 'over', user: null, said: [word('reminder-digest.over')] };
    const gone = letGo.find((one) => one.userId === user.id && one.deletion === user.deletion);
    if (gone) {
      const { by, at, reason } = gone;
      const who = personOf(by, names);
      const said = [word('reminder-digest.letGo', { who, at })];
      if (reason !== '') said.push(word('reminder-digest.reason', { reason }));
      return { ...base, kind: 'let-go', user, said };
    }
    const snooze = snoozes.find((one) => one.userId === user.id && one.deletion === user.deletion);
    const until = snooze && hourOfDay(snooze.until, clocks.hour, clocks.timeZone);
    const asleep = snooze && until && until > now;
    return {
      ...{ ...base, kind: 'open', user },
      said: asleep ? [word('reminder-digest.snoozed', { who: personOf(snooze.by, names), at: until })] : [],
    };
  };

  return userIds.map((userId) => {
    const user = deleted.find(({ id }) => id === userId);
    if (user) return ofDeleted(user);
    const name = active.find(({ id }) => id === userId);
    const none = { userId, user: null, deletedBy: '' };
    if (!name) {
      const said = [word('reminder-digest.gone')];
      return { ...none, kind: 'over', name: null, userPrincipalName: formerNames.get(userId) ?? '', said };
    }
    const restorer = restorers.get(userId);
    const said = restorer
      ? word('user-deleted.restoredBy', { who: restorer.who, at: restorer.at })
      : word('user-deleted.restored');
    return { ...none, kind: 'restored', name, userPrincipalName: name.userPrincipalName, said: [said] };
  });
}

async function formerNamesOf(
  customerId: string,
  userIds: readonly string[],
  { trail }: Pick<StateDeps, 'trail'>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const userId of userIds) {
    const [latest] = await trail.ofUser(customerId, userId, 1);
    if (latest) found.set(userId, latest.target);
  }
  return found;
}

import type { Customer } from '../domain/customer';
import { handOverState, type HandOverRecord } from '../domain/hand-over';
import { isAllowed } from '../domain/permission';
import { daysLeft } from '../domain/retention';
import type { ActiveUser } from '../domain/user';
import { word, type CardData } from '../ports/card';
import type { Directory } from '../ports/directory';
import type { ImportRecord } from '../ports/imports';
import type { Operator } from '../ports/operators';
import type { People } from '../ports/people';
import type { SoonLost, UnopenedLink } from '../ports/summaries';
import { fileNameOf } from './import-head';
import { tallyOf } from './import-open-card';
import { personOf } from './person';
import { shortened } from './shorten';

/** Characters; a summary has many names to show. */
const longestName = 48;

export interface RowDeps {
  readonly directory: Pick<Directory, 'searchCustomers' | 'findUsers' | 'findDeletedUsers'>;
  readonly people: Pick<People, 'names'>;
}

interface Context {
  readonly customers: ReadonlyMap<string, Customer>;
  readonly operator: Operator;
  /** The customers that may be told of. */
  readonly within: Operator['customers'];
  readonly timeZone: string;
  readonly now: Date;
}

/** A customer, how many of its deleted users are lost soon, and the first of them. */
export async function lostRow(
  { customerId, count, userIds }: SoonLost,
  { customers, timeZone, now }: Context,
  { directory }: RowDeps,
): Promise<CardData> {
  const users = await directory.findDeletedUsers(customerId, userIds);
  const others = count - users.length;
  return {
    ...namesOf(customers.get(customerId)),
    users: users.map((user) => {
      const days = daysLeft(user, now, timeZone);
      return {
        displayName: shortened(user.displayName, longestName),
        userPrincipalName: user.userPrincipalName,
        left: days > 0 ? word('deleted-users.left', { count: days }) : word('deleted-users.lastDay'),
      };
    }),
    more: others > 0 ? [{ text: word('reminder-digest.others', { count: others }) }] : [],
    list: { customerId },
  };
}

/** An import that has ended, for the first of its customers that is asked for, and what came of it. */
export function importRow(record: ImportRecord, { within }: Context): CardData {
  const { customers } = record.dryRun;
  const customer = customers.find(({ customerId }) => within === 'all' || within.includes(customerId));
  return {
    ...namesOf(customer),
    fileName: fileNameOf(record),
    state: tallyOf(record),
    when: word('reminder-summary.ended', { at: record.finishedAt ?? record.checkedAt }),
    show: { customerId: customer?.customerId ?? '', importId: record.id, below: true },
  };
}

/** Links that wait, or waited: for whom, made when and by whom, good until when. */
export async function linkRows(
  links: readonly UnopenedLink[],
  context: Context,
  { directory, people }: RowDeps,
): Promise<readonly CardData[]> {
  const names = await people.names([...new Set(links.map(({ record }) => record.createdBy))]);
  return Promise.all(
    links.map(async (link) => {
      const { customerId, userIds } = link.record;
      const [user] = await directory.findUsers(customerId, userIds.slice(0, 1));
      return linkRow(link, user, { ...context, names });
    }),
  );
}

/** Without a user it is the sheet of an import. */
function linkRow(
  { record, fileName }: UnopenedLink,
  user: ActiveUser | undefined,
  { customers, names, now, ...context }: Context & { readonly names: ReadonlyMap<string, string> },
): CardData {
  const { customerId, createdAt, createdBy, expiresAt, userIds, sheet } = record;
  const title = shortened(user?.displayName ?? fileName ?? '', longestName);
  const others = (sheet?.accounts ?? userIds.length) - (user ? 1 : 0);
  const more = word(sheet ? 'reminder-summary.accounts' : 'hand-over.more', { count: others });
  const state = handOverState(record, now) === 'waiting' ? 'linkUntil' : 'linkExpired';
  return {
    ...namesOf(customers.get(customerId)),
    title,
    userPrincipalName: user?.userPrincipalName ?? '',
    others: others > 0 ? [{ text: more }] : [],
    made: word('reminder-summary.made', { at: createdAt, who: personOf(createdBy, names) }),
    state: word(`reminder-summary.${state}`, { at: expiresAt }),
    ...buttonsFor(record, { title, isUser: user !== undefined }, context),
  };
}

function buttonsFor(
  { id: handOverId, customerId, sheet }: HandOverRecord,
  { title, isUser }: { readonly title: string; readonly isUser: boolean },
  { operator }: Pick<Context, 'operator'>,
): CardData {
  const mayIssue = isUser && isAllowed(operator.partnerRole, 'reset_password');
  const ask = { customerId, handOverId, title: 'link', below: true };
  const show = sheet && isAllowed(operator.partnerRole, 'bulk_create');
  return {
    issue: mayIssue ? [{ about: title, frozen: ask }] : [],
    show: show ? [{ about: title, frozen: { customerId, importId: sheet.importId, below: true } }] : [],
  };
}

function namesOf(customer: Pick<Customer, 'name' | 'defaultDomain'> | undefined): CardData {
  const { name = '', defaultDomain = '' } = customer ?? {};
  return { customerName: shortened(name, longestName), defaultDomain };
}

import { z } from 'zod';
import type { Customer } from '../domain/customer';
import type { Entropy } from '../domain/entropy';
import { newFormId } from '../domain/hand-over';
import { productName } from '../domain/license';
import { readSnooze } from '../domain/reminder';
import { daysLeft } from '../domain/retention';
import { parseIds } from '../domain/ticked';
import { word, type Card, type CardData } from '../ports/card';
import { customerOf } from './customer-view';
import type { LookAgain } from './live-cards';
import { reminderStates, type ReminderState, type StateDeps } from './reminder-states';
import { namesInBrief, shortened } from './shorten';

/** Users that one digest shows, with their buttons; the others are counted. */
const mostInDigest = 8;
/** Days that the bar of text can show. */
const barDays = 7;

export interface DigestDeps extends StateDeps {
  readonly entropy: Entropy;
}

const drawnFrom = z.object({
  customerId: z.string(),
  conversation: z.string(),
  userIds: z.string(),
  hour: z.number(),
  timeZone: z.string(),
  mayRestore: z.boolean(),
});
type DrawnFrom = z.infer<typeof drawnFrom>;

export interface Digest {
  readonly customer: Customer;
  readonly conversation: string;
  /** All who are announced, the most urgent first. */
  readonly userIds: readonly string[];
  readonly clocks: { readonly hour: number; readonly timeZone: string };
  /** Somebody of them may have been announced at this threshold already. */
  readonly repeat: boolean;
  readonly mayRestore: boolean;
  readonly now: Date;
}

/** What a digest shows, and when it has to be looked at again. Null where nobody is left to be announced. */
export async function digestCard(
  digest: Digest,
  deps: DigestDeps,
): Promise<{ readonly card: Card; readonly dueAt: Date } | null> {
  const { customer, conversation, userIds, clocks, repeat, mayRestore, now } = digest;
  const shown = userIds.slice(0, mostInDigest);
  const others = userIds.length - shown.length;
  const from = {
    ...{ customerId: customer.id, conversation, userIds: shown.join(','), ...clocks, mayRestore },
  };
  const { rows, dueAt } = await rowsOf(from, now, deps);
  if (dueAt === null) return null;
  const data = {
    ...customerOf(customer),
    title: word('reminder-digest.title', { count: userIds.length }),
    repeat: repeat ? [{}] : [],
    users: rows,
    others: others > 0 ? [{ text: word('reminder-digest.others', { count: others }) }] : [],
    list: { customerId: customer.id },
    drawnFrom: from,
  };
  return { card: { name: 'reminder-digest', data }, dueAt };
}

/** What is kept of a digest to draw it again: nobody's name, which a purge would have to find. */
export function withoutNames({ name, data }: Card): Card {
  return { name, data: { ...data, users: [] } };
}

/** A digest shows who was restored, let go or snoozed meanwhile, and by whom. */
export function lookAtDigests(deps: DigestDeps): LookAgain {
  return async ({ card }, now) => {
    const { rows, dueAt } = await rowsOf(drawnFrom.parse(card.data.drawnFrom), now, deps);
    return { card: { name: card.name, data: { ...card.data, users: rows } }, dueAt };
  };
}

async function rowsOf(from: DrawnFrom, now: Date, deps: DigestDeps) {
  const { customerId, conversation, hour, timeZone } = from;
  const asked = { customerId, conversation, userIds: parseIds(from.userIds), now };
  const states = await reminderStates({ ...asked, clocks: { hour, timeZone } }, deps);
  const deadlines = states.flatMap(({ user }) => (user ? [user.restoreBy.getTime()] : []));
  return {
    rows: states.map((state) => rowOf(state, from, now, deps.entropy)),
    // Restorable until `restoreBy` itself: what is lost is lost a millisecond later.
    dueAt: deadlines.length > 0 ? new Date(Math.min(...deadlines) + 1) : null,
  };
}

function rowOf(state: ReminderState, from: DrawnFrom, now: Date, entropy: Entropy): CardData {
  const { userId, name, userPrincipalName, user, kind } = state;
  const { customerId, conversation } = from;
  const target = { customerId, userId, conversation };
  const restore = { customerId, userIds: userId };
  const days = user ? daysLeft(user, now, from.timeZone) : 0;
  return {
    displayName: shortened(name?.displayName ?? '', 60),
    userPrincipalName,
    said: state.said.map((text) => ({ text, color: kind === 'restored' ? 'Good' : 'Warning' })),
    open: kind === 'open' && user ? [openData(state, days, user)] : [],
    restore: kind === 'open' && from.mayRestore ? [{ frozen: restore }] : [],
    letGo: kind === 'open' ? [{ frozen: target }] : [],
    snooze: kind === 'open' && user && 'until' in readSnooze('', user, now, from) ? [{ frozen: target }] : [],
    undo: kind === 'let-go' ? [{ frozen: { ...target, undo: 'digest', form: newFormId(entropy) } }] : [],
  };
}

function openData(
  { deletedBy }: ReminderState,
  days: number,
  { deletedAt, restoreBy, licenses }: NonNullable<ReminderState['user']>,
): CardData {
  const filled = Math.min(days, barDays);
  const products = namesInBrief(licenses.map(productName));
  return {
    deleted: word('deleted-users.deleted', { at: deletedAt, who: deletedBy }),
    left: days > 0 ? word('deleted-users.left', { count: days }) : word('deleted-users.lastDay'),
    bar: `${'■'.repeat(filled)}${'□'.repeat(barDays - filled)}`,
    color: days <= 1 ? 'Attention' : days <= 3 ? 'Warning' : 'Accent',
    until: word('deleted-users.until', { at: restoreBy }),
    licenses: products === '' ? [] : [{ text: word('reminder-digest.licenses', { products }) }],
  };
}

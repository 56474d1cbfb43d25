import type { Customer } from '../domain/customer';
import { handOverState, type HandOverRecord, type HandOverState } from '../domain/hand-over';
import type { ActiveUser } from '../domain/user';
import { word, type Card, type CardData } from '../ports/card';
import { accountsOf } from './accounts-view';
import { customerOf } from './customer-view';
import type { Reply } from './feature';

/** What led to the card; it stays so when the card is drawn again. */
export const handOverTitles = ['created', 'issued', 'sheet', 'reset'] as const;
export type HandOverTitle = (typeof handOverTitles)[number];

/** What a hand-over card shows beside the state of its link. */
export interface HandOverView {
  readonly title: HandOverTitle;
  readonly customer: Customer;
  readonly users: readonly ActiveUser[];
  readonly record: HandOverRecord;
  /** The token of the link, where the reader may still see it. */
  readonly token: string | null;
  readonly publicUrl: string;
  readonly mayIssue: boolean;
  /** Buttons of the feature that made the hand-over: what each freezes, none or one. */
  readonly again?: CardData;
  readonly sheet?: CardData;
  readonly licenses?: CardData;
}

const colors: Record<HandOverState, string> = {
  waiting: 'Accent',
  opened: 'Good',
  expired: 'Warning',
  replaced: 'Default',
};

function handOverSubject(handOverId: string): string {
  return `hand-over:${handOverId}`;
}

export function handOverIdOf(subject: string): string {
  return subject.slice(subject.indexOf(':') + 1);
}

/** The card of a hand-over; while its link waits, the message changes by itself. */
export function handOverReply(view: HandOverView, now: Date): Reply {
  const { record } = view;
  const card = handOverCard(view, now);
  const live = {
    subject: handOverSubject(record.id),
    card: handOverCard({ ...view, token: null }, now),
    // The link may be opened before this card stands in the chat: soon after, it is looked at once.
    dueAt: now,
  };
  return { audience: 'operator', card, ...(handOverState(record, now) === 'waiting' ? { live } : {}) };
}

/** The same card with the present state of its link, for a message that stands in a chat. */
export function withState(card: Card, record: HandOverRecord, now: Date): Card {
  const data = { ...card.data, ...stateData(record, now) };
  const waiting = handOverState(record, now) === 'waiting';
  return { name: card.name, data: waiting ? data : { ...data, link: [], refresh: [], ...deadEnds(record) } };
}

function handOverCard(view: HandOverView, now: Date): Card {
  const { customer, users, record, token } = view;
  const waiting = handOverState(record, now) === 'waiting';
  const target = { customerId: customer.id, handOverId: record.id, title: view.title };
  const known = waiting && token !== null ? { ...target, token } : target;
  const data = {
    ...customerOf(customer),
    title: word(`hand-over.title.${view.title}`, { count: record.userIds.length }),
    ...accountsOf(users),
    ...stateData(record, now),
    link: waiting && token !== null ? [linkData(`${view.publicUrl}/s/${token}`, users.length)] : [],
    refresh: waiting ? [{ frozen: known }] : [],
    issueAgain: view.mayIssue && record.state !== 'replaced' ? [{ frozen: known }] : [],
    again: view.again ? [{ frozen: view.again }] : [],
    sheet: view.sheet ? [{ frozen: view.sheet }] : [],
    licenses: view.licenses ? [{ frozen: view.licenses }] : [],
  };
  return { name: 'hand-over', data };
}

function linkData(url: string, count: number): CardData {
  return { url, text: word('hand-over.link', { count }), hint: word('hand-over.linkHint', { count }) };
}

function stateData(record: HandOverRecord, now: Date): CardData {
  const state = handOverState(record, now);
  const at = {
    opened: record.openedAt,
    waiting: record.expiresAt,
    expired: record.expiresAt,
    replaced: null,
  }[state];
  return { state: word(`hand-over.state.${state}`, at ? { at } : {}), stateColor: colors[state] };
}

/** A replaced hand-over has a newer one elsewhere: issuing again from here would cut that one off unseen. */
function deadEnds(record: HandOverRecord): CardData {
  return record.state === 'replaced' ? { issueAgain: [], sheet: [] } : {};
}

import type { IssueScope, LeftOut } from '../domain/import-issue';
import { word, type Card, type CardData, type Word } from '../ports/card';
import type { ForeseenIssue, ImportRecord, IssuedSheet } from '../ports/imports';
import { customersOf, fileNameOf, headOf } from './import-head';
import { barOf, percentOf } from './import-progress-card';
import { shortened } from './shorten';

/** What the buttons freeze that lead to a new sheet. */
export interface SheetFrozen {
  readonly customerId: string;
  readonly importId: string;
  readonly scope: IssueScope;
  /** The sheet that was there when it was asked; '' for none. */
  readonly seen?: string | undefined;
  /** Without one it asks first. */
  readonly form?: string | undefined;
  readonly below?: true | undefined;
  /** What the card with the result shows already. */
  readonly token?: string | undefined;
  readonly file?: string | undefined;
}

/** Asks before new passwords are made for the users of an import, which end those they have. */
export function issueAskCard(
  record: ImportRecord,
  { issue, left }: ForeseenIssue,
  { customerId, importId, scope, form, token, file }: SheetFrozen,
): Card {
  const { shown, more } = customersOf(record);
  const target = { customerId, importId };
  const back = { ...target, ...(token ? { token } : {}), ...(file ? { file } : {}) };
  const data: CardData = {
    ...headOf(record),
    title: word('import-sheet.question', { count: issue }),
    fileName: fileNameOf(record),
    customers: shown.map(({ name, defaultDomain }) => ({ name: shortened(name, 60), defaultDomain })),
    more: more > 0 ? [{ text: word('import-sheet.moreCustomers', { count: more }) }] : [],
    consequence: word(`import-sheet.consequence.${scope}`),
    left: leftOutData(left),
    issue: { ...target, scope, seen: record.handOverId ?? '', form },
    toResult: scope === 'everyone' ? [{ frozen: back }] : [],
    toLetters: scope === 'everyone' ? [] : [{ frozen: target }],
  };
  return { name: 'import-sheet', data };
}

/** How far the new passwords are. */
export function issuingCard(
  record: ImportRecord,
  { issued, expected }: IssuedSheet,
  notice: readonly Word[] = [],
): Card {
  const data: CardData = {
    ...headOf(record),
    fileName: fileNameOf(record),
    notice: notice.map((text) => ({ text })),
    bar: barOf(issued, expected),
    made: word('import-issuing.made', { count: expected, issued, percent: percentOf(issued, expected) }),
    refresh: { customerId: record.customerId ?? '', importId: record.id },
  };
  return { name: 'import-issuing', data };
}

/** Who gets no new password, and why. */
export function leftOutData({ signedIn, guarded, gone }: LeftOut): CardData[] {
  const line = (name: keyof LeftOut, count: number): CardData[] =>
    count > 0 ? [{ text: word(`import-sheet.left.${name}`, { count }) }] : [];
  return [...line('signedIn', signedIn), ...line('guarded', guarded), ...line('gone', gone)];
}

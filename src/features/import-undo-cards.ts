import { word, type Card, type CardData } from '../ports/card';
import type { ImportRecord, UndoneImport } from '../ports/imports';
import { customersOf, fileNameOf, headOf } from './import-head';
import { shortened } from './shorten';

/** Asks before the users of an import are deleted again. `back` is what the card with the result froze. */
export function undoAskCard(record: ImportRecord, form: string, back: CardData): Card {
  const { id, customerId, created } = record;
  const { shown, more } = customersOf(record);
  const data: CardData = {
    ...headOf(record),
    title: word('import-undo.question', { count: created }),
    fileName: fileNameOf(record),
    customers: shown.map(({ name, defaultDomain }) => ({ name: shortened(name, 60), defaultDomain })),
    more: more > 0 ? [{ text: word('import-undo.moreCustomers', { count: more }) }] : [],
    undo: { customerId: customerId ?? '', importId: id, form },
    back,
  };
  return { name: 'import-undo', data };
}

/** What an undo did, or has done so far. */
export function undoneCard(record: ImportRecord, undo: UndoneImport): Card {
  const { removed, changed, guarded, left, finished } = undo;
  const others = changed + guarded - left.length;
  const frozen = { customerId: record.customerId ?? '', importId: record.id };
  const data: CardData = {
    ...headOf(record),
    title: word(finished ? 'import-undone.title' : 'import-undone.working', { count: removed }),
    fileName: fileNameOf(record),
    removed: word('import-undone.removed', { count: removed }),
    restorable: removed > 0 ? [{ text: word('import-undone.restorable', { count: removed }) }] : [],
    reasons: [
      ...(changed > 0 ? [{ text: word('import-undone.changed', { count: changed }) }] : []),
      ...(guarded > 0 ? [{ text: word('import-undone.guarded', { count: guarded }) }] : []),
    ],
    left: left.map(({ userPrincipalName, why }) => ({
      userPrincipalName,
      why: word(`import-undone.why.${why}`),
    })),
    more: others > 0 ? [{ text: word('import-undone.more', { count: others }) }] : [],
    refresh: finished ? [] : [{ frozen }],
    list: { customerId: frozen.customerId },
  };
  return { name: 'import-undone', data };
}

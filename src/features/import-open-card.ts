import type { Customer } from '../domain/customer';
import { word, type Card, type CardData, type Word } from '../ports/card';
import type { Conversation } from '../ports/chat';
import type { ImportRecord } from '../ports/imports';
import { changeableCustomerOf } from './customer-view';
import { fileNameOf } from './import-head';

export interface OpenView {
  readonly customer: Customer;
  readonly kind: Conversation['kind'];
  readonly templates: { readonly users: string; readonly licenses: string };
  /** The newest first. */
  readonly latest: readonly ImportRecord[];
}

/** How a file is sent here, what it may look like, and what became of the latest ones. */
export function openCard({ customer, kind, templates, latest }: OpenView): Card {
  const data: CardData = {
    ...changeableCustomerOf(customer, 'import'),
    how: word(`import.how.${kind}`),
    templates: { ...templates },
    latestTitle: latest.length > 0,
    latest: latest.map((record) => ({
      fileName: fileNameOf(record),
      state: stateOf(record),
      when: word('import.sent', { at: record.checkedAt }),
      show: { customerId: record.customerId ?? customer.id, importId: record.id },
    })),
  };
  return { name: 'import', data };
}

function stateOf(record: ImportRecord): Word {
  const { state, dryRun, undo } = record;
  if (undo) return word('import.state.undone', { count: undo.removed });
  return state === 'checked' ? word('import.state.checked', { count: dryRun.ready }) : tallyOf(record);
}

/** How many rows came to which end, as far as it has come. */
export function tallyOf({ state, content, created, skipped, failed }: ImportRecord): Word {
  const kind = content === 'users' ? 'users' : 'licenses';
  return word(`import.state.${state}.${kind}`, { count: created, skipped, failed });
}

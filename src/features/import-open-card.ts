import type { Customer } from '../domain/customer';
import { word, type Card, type CardData } from '../ports/card';
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

function stateOf({ state, content, dryRun, created, skipped, failed, undo }: ImportRecord) {
  if (undo) return word('import.state.undone', { count: undo.removed });
  if (state === 'checked') return word('import.state.checked', { count: dryRun.ready });
  const kind = content === 'users' ? 'users' : 'licenses';
  return word(`import.state.${state}.${kind}`, { count: created, skipped, failed });
}

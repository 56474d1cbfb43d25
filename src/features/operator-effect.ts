import type { AuditEntry } from '../ports/audit';
import type { Operator } from '../ports/operators';
import type { Request } from './feature';

export type What = 'added' | 'changed' | 'removed';

interface Change {
  readonly id: string;
  readonly what: What;
  readonly before: Operator | null;
  readonly after: Operator | null;
}

/** The entry and the first answer of a change; the record of what was there and what is. */
export function operatorEffect({ operator: by, now }: Request, { id, what, before, after }: Change) {
  const of = what === 'removed' ? before : after;
  const result = {
    operator: id,
    what,
    partnerRole: of?.partnerRole ?? '',
    customers: of ? (of.customers === 'all' ? 'all' : of.customers.join(',')) : '',
  };
  const entry: AuditEntry = {
    at: now,
    operator: by.id,
    action: what === 'removed' ? 'remove_operator' : 'update_operator',
    customerId: null,
    target: id,
    outcome: 'success',
    details: {
      ...(before ? { before: granted(before) } : {}),
      ...(after ? { after: granted(after) } : {}),
    },
  };
  return { result, audit: [entry] };
}

function granted({ partnerRole, customers }: Operator): object {
  return { partnerRole, customers };
}

import { checkImportChoices } from '../domain/import-choices';
import { withinCustomer } from '../domain/import-batch';
import { availableSeats } from '../domain/license';
import { isAllowed, type PartnerAction } from '../domain/permission';
import { languages } from '../ports/chat';
import type { Directory } from '../ports/directory';
import type { ImportStore, Uploads } from '../ports/import-store';
import {
  rowsKept,
  type ImportRecord,
  type ImportRequest,
  type Imports,
  type StartOutcome,
} from '../ports/imports';
import { rightFor } from './import-check';
import { isInScope } from './picked-customer';

export interface ImportStartDeps {
  readonly store: Pick<ImportStore, 'find' | 'start' | 'cancel'>;
  readonly uploads: Pick<Uploads, 'exists'>;
  readonly directory: Pick<Directory, 'listSubscriptions'>;
  /** A mail server is configured. */
  readonly mails: boolean;
  /** Told when there is something to run. */
  readonly wake: () => void;
}

/** Starts what was checked, once, by the rights of who presses; and stops it. */
export function createImportStart({
  store,
  uploads,
  directory,
  mails,
  wake,
}: ImportStartDeps): Pick<Imports, 'start' | 'cancel'> {
  const isKept = async ({ id, checkedAt }: ImportRecord, now: Date): Promise<boolean> =>
    now.getTime() - checkedAt.getTime() < rowsKept && uploads.exists(id);

  const choose = async (record: ImportRecord, values: Readonly<Record<string, string>>) => {
    const { content, dryRun } = record;
    const { needLocation, withNeither, withoutLocation, customers, seats } = dryRun;
    // As it is by now, where it matters: seats may be gone since.
    const live = new Map<string, number>();
    const asking = values['licenses'] ? customers.filter((one) => one.withoutLicenses > 0) : [];
    for (const { customerId } of asking) {
      for (const one of await directory.listSubscriptions(customerId))
        live.set(withinCustomer(customerId, one.skuPartNumber), availableSeats(one));
    }
    const left = seats.map(({ customerId, skuPartNumber, needed, free }) => {
      const seatsNow = live.get(withinCustomer(customerId, skuPartNumber)) ?? free;
      return { customerId, skuPartNumber, seats: Math.max(0, seatsNow - needed) };
    });
    const counts = { needLocation, withNeither, withoutLocation };
    return checkImportChoices(values, { content, customers, left, ...counts });
  };

  return {
    async start(request, importId, values): Promise<StartOutcome> {
      const record = await store.find(importId);
      if (!record) return { kind: 'gone' };
      const denied = deniedFor(request, record);
      if (denied) return denied;
      if (record.state !== 'checked') return { kind: 'already', record };
      if (!(await isKept(record, request.now))) return { kind: 'gone' };
      const { choices, faults } = await choose(record, values);
      if (faults.length > 0) return { kind: 'refused', record, faults };

      const by = request.operator.id;
      const chosen = languages.find((one) => one === values['language']) ?? record.letters;
      // No letter where the dry run promised none, nor where none can be sent any more.
      const letters = mails && record.letters !== null ? chosen : null;
      const outcome = await store.start(importId, { by, at: request.now, choices, letters });
      switch (outcome.kind) {
        case 'same-running': {
          const other = outcome.record ?? record;
          return deniedFor(request, other)
            ? { kind: 'same-elsewhere', record }
            : { kind: 'same-running', record: other };
        }
        case 'not-checked':
          return { kind: 'already', record: outcome.record };
        case 'started':
          wake();
          return { kind: 'started', record: outcome.record };
      }
    },

    async cancel(request, importId) {
      const record = await store.find(importId);
      if (!record || deniedFor(request, record, [rightFor(record.content)])) return false;
      return store.cancel(importId);
    },
  };
}

/** Every customer of the file must be the operator's, and every right that its rows need. */
export function deniedFor(
  { operator }: Pick<ImportRequest, 'operator'>,
  { content, dryRun }: Pick<ImportRecord, 'content' | 'dryRun'>,
  actions: readonly PartnerAction[] = [
    rightFor(content),
    ...(dryRun.withRoles > 0 ? (['assign_role'] as const) : []),
  ],
): {
  readonly kind: 'not-allowed';
  readonly action: PartnerAction;
  readonly customerId: string | null;
} | null {
  const [first] = dryRun.customers;
  const missing = actions.find((action) => !isAllowed(operator.partnerRole, action));
  if (missing) return { kind: 'not-allowed', action: missing, customerId: first?.customerId ?? null };
  const foreign = dryRun.customers.find(({ customerId }) => !isInScope(operator, customerId));
  return foreign ? { kind: 'not-allowed', action: rightFor(content), customerId: foreign.customerId } : null;
}

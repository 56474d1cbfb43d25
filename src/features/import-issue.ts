import { effectId } from '../domain/hand-over';
import { foreseeIssue } from '../domain/import-issue';
import type { ImportIssues, ImportStore } from '../ports/import-store';
import type { Imports } from '../ports/imports';
import { deniedFor } from './import-start';

export interface ImportIssueDeps {
  readonly store: Pick<ImportStore, 'find'>;
  readonly issues: Pick<ImportIssues, 'groups' | 'letters' | 'start'>;
  /** Told when there is something to run. */
  readonly wake: () => void;
}

/** Issue again, for the sheet of an import: a reset for each of its users, which a worker makes. */
export function createImportIssue({
  store,
  issues,
  wake,
}: ImportIssueDeps): Pick<Imports, 'foreseeIssue' | 'issue'> {
  const foresee: Imports['foreseeIssue'] = async ({ operator }, importId, scope) => {
    const [groups, letters] = await Promise.all([
      issues.groups(importId, scope),
      issues.letters(importId, scope),
    ]);
    const { issue, left } = foreseeIssue(groups, operator.partnerRole);
    return { issue: issue + letters, left };
  };

  return {
    foreseeIssue: foresee,

    async issue(request, importId, { scope, seen }, form) {
      const record = await store.find(importId);
      if (!record) return { kind: 'gone' };
      const denied = deniedFor(request, record, ['reset_password']);
      if (denied) return denied;
      const { issue: expected } = await foresee(request, importId, scope);
      if (expected === 0) return { kind: 'nobody', record };

      const { id: by, partnerRole } = request.operator;
      const wanted = { scope, seen, by, partnerRole, at: request.now, expected };
      const outcome = await issues.start(importId, wanted, effectId(form));
      if (outcome === 'started') wake();
      const now = (await store.find(importId)) ?? record;
      return { kind: outcome === 'started' ? 'issuing' : 'overtaken', record: now };
    },
  };
}

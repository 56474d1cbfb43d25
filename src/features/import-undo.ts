import type { Clock } from '../ports/clock';
import type { ImportStore, ImportUndos } from '../ports/import-store';
import { undoWindow, type Imports, type ImportRecord } from '../ports/imports';
import { deniedFor } from './import-start';

/** Milliseconds for which the operator waits; the rest goes on by itself. */
const patience = 2_000;

export interface ImportUndoDeps {
  readonly store: Pick<ImportStore, 'find'>;
  readonly undos: ImportUndos;
  readonly clock: Clock;
  /** Told when there is something to run. */
  readonly wake: () => void;
}

/** Removes the users that an import has created and nobody has touched since, for a day. */
export function createImportUndo({ store, undos, clock, wake }: ImportUndoDeps): Pick<Imports, 'undo'> {
  const undoFor = async (importId: string): Promise<void> => {
    const until = clock.now().getTime() + patience;
    while ((await undos.part(importId)) === 'more') {
      if (clock.now().getTime() >= until) {
        wake();
        return;
      }
    }
  };

  return {
    async undo(request, importId) {
      const { now, operator } = request;
      const record = await store.find(importId);
      if (!record) return { kind: 'gone' };
      const denied = deniedFor(request, record, ['bulk_create', 'delete_user']);
      if (denied) return denied;
      if (record.undo) return { kind: 'undone', record };
      if (!isUndoable(record)) return { kind: 'nothing-to-undo', record };
      if (now.getTime() - (record.finishedAt?.getTime() ?? 0) > undoWindow)
        return { kind: 'too-late', record };

      const by = { by: operator.id, partnerRole: operator.partnerRole, at: now };
      await undos.begin(importId, by);
      await undoFor(importId);
      const after = (await store.find(importId)) ?? record;
      return after.undo ? { kind: 'undone', record: after } : { kind: 'busy', record: after };
    },
  };
}

function isUndoable({ content, created, finishedAt }: ImportRecord): boolean {
  return content === 'users' && created > 0 && finishedAt !== null;
}

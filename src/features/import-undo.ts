import type { ImportStore, ImportUndos } from '../ports/import-store';
import { undoWindow, type Imports, type ImportRecord } from '../ports/imports';
import { deniedFor } from './import-start';

/** Parts that are done with the press: a small import whole, and of a larger one the card tells how far it is. */
const partsAtOnce = 2;

export interface ImportUndoDeps {
  readonly store: Pick<ImportStore, 'find'>;
  readonly undos: ImportUndos;
  /** Told when there is something to run. */
  readonly wake: () => void;
}

/** Removes the users that an import has created and nobody has touched since, for a day. */
export function createImportUndo({ store, undos, wake }: ImportUndoDeps): Pick<Imports, 'undo'> {
  const undoFor = async (importId: string): Promise<void> => {
    for (let part = 0; part < partsAtOnce; part += 1) {
      if ((await undos.part(importId)) === 'finished') return;
    }
    wake();
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

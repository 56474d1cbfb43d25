import type { Connection } from 'mongoose';
import type { AuditedReads } from '../ports/audit';
import { answered } from './away';
import { createChange } from './changes';
import type { Records } from './records';

interface Deps {
  readonly connection: Connection;
  readonly records: Records;
}

export function createMongoAuditedReads({ connection, records }: Deps): AuditedReads {
  const change = createChange({ connection, records });
  return {
    find: (effectId) =>
      answered('read', async () => {
        const found = await records.effects.findById(effectId).lean();
        return found && Object.fromEntries(Object.entries(found.result));
      }),

    async record(effectId, entry, result) {
      const effect = { id: effectId, result, audit: [entry] };
      const outcome = await change<{ kind: 'recorded' }>(effectId, effectId, () =>
        Promise.resolve({ outcome: { kind: 'recorded' }, effect }),
      );
      return outcome.kind === 'repeated' ? outcome.result : result;
    },
  };
}

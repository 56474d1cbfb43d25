import type { Connection } from 'mongoose';
import type { AuditEntry } from '../ports/audit';
import type { SheetParts } from '../ports/hand-overs';
import { answered } from './away';
import { importsOf, type StoredChunk } from './import-records';
import type { Records } from './records';
import { storeAudit } from './store-effect';

interface Deps {
  readonly connection: Connection;
  readonly records: Pick<Records, 'audit' | 'auditDetails'>;
}

interface OnSheet {
  readonly _id: string;
  readonly state: string;
  readonly sheet?: string;
  readonly customerId: string;
  readonly userPrincipalName: string;
  readonly displayName: string;
}

export function createSheetParts({ connection, records }: Deps): SheetParts {
  const { secretChunks } = importsOf(connection);
  const users = connection.collection<OnSheet & { importId: string }>('users');

  const read = async (found: StoredChunk | null) => {
    if (!found) return null;
    const { secretId, userIds, sealed } = found;
    const current = { _id: { $in: [...userIds] }, state: 'active', sheet: secretId };
    const shape = { customerId: 1, userPrincipalName: 1, displayName: 1 };
    const there = await users.find(current, { projection: shape }).toArray();
    const byId = new Map(there.map((user) => [user._id, user]));
    return { sealed, users: userIds.map((id) => byId.get(id) ?? null) };
  };

  const find = async (secretId: string, index: number) =>
    read(await secretChunks.findOne({ secretId, index }));

  return {
    count: ({ id, sheet }) =>
      answered('read', () =>
        users.countDocuments({ importId: sheet?.importId ?? '', state: 'active', sheet: id }),
      ),

    find: (sheetId, index) => answered('read', () => find(sheetId, index)),

    show: ({ id }, index, at) =>
      answered('write', async () => {
        const part = await find(id, index);
        const entry = { at, operator: 'system', action: 'reveal_hand_over', outcome: 'success' } as const;
        const entries = (part?.users ?? []).flatMap((user): AuditEntry[] =>
          user ? [{ ...entry, customerId: user.customerId, target: user.userPrincipalName }] : [],
        );
        if (entries.length > 0) await storeAudit(records, entries);
        return part;
      }),

    take: (secretId, index) =>
      answered('write', async () => read(await secretChunks.findOneAndDelete({ secretId, index }))),

    erase: (secretId) =>
      answered('write', async () => {
        await secretChunks.deleteMany({ secretId });
      }),
  };
}

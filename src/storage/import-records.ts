import { Schema, type Connection } from 'mongoose';
import type { ImportFault } from '../domain/import-fault';
import type { PartnerRole } from '../domain/permission';
import type { Position } from '../ports/import-store';
import type { ImportRecord } from '../ports/imports';

const options = { versionKey: false } as const;
const day = 24 * 60 * 60;

/** The fields that tools outside read have names that stay; `open`: a worker has something left to do. */
const importSchema = new Schema(
  {
    _id: { type: String, required: true },
    customerId: { type: String, default: null },
    operator: { type: String, required: true },
    state: { type: String, enum: ['checked', 'running', 'done', 'failed', 'cancelled'], required: true },
    open: { type: Boolean, required: true },
    digest: { type: String, required: true },
    handOverId: { type: String, default: null },
    checkedAt: { type: Date, required: true },
    servedAt: { type: Date, required: true },
  },
  options,
)
  .index({ open: 1, servedAt: 1 }, { partialFilterExpression: { open: true } })
  .index(
    { digest: 1, customerId: 1 },
    { unique: true, partialFilterExpression: { state: 'running' }, name: 'running_files' },
  )
  .index({ checkedAt: 1 }, { expireAfterSeconds: 90 * day })
  .index({ operator: 1, checkedAt: -1, _id: -1 })
  .index({ finishedAt: 1 }, { partialFilterExpression: { failed: { $gt: 0 } } });

/** Rows that were skipped or refused while an import ran. */
const importRowSchema = new Schema(
  {
    importId: { type: String, required: true },
    line: { type: Number, required: true },
    at: { type: Date, required: true },
  },
  options,
)
  .index({ importId: 1, line: 1 }, { unique: true })
  .index({ at: 1 }, { expireAfterSeconds: 30 * day });

/** Passwords of a sheet, sealed under its token, so many at a time. */
const secretChunkSchema = new Schema(
  {
    secretId: { type: String, required: true },
    index: { type: Number, required: true },
    expiresAt: { type: Date, required: true },
  },
  options,
)
  .index({ secretId: 1, index: 1 }, { unique: true })
  .index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** Only to make the collections with their indexes: they are written in bulk, through `importsOf`. */
export function importModelsOf(connection: Connection) {
  return {
    imports: connection.model('imports', importSchema, 'imports'),
    importRows: connection.model('importRows', importRowSchema, 'importRows'),
    secretChunks: connection.model('secretChunks', secretChunkSchema, 'secretChunks'),
  };
}

/** An undo knows by whose rights it is done, and how far it has come. */
export type StoredUndo = NonNullable<ImportRecord['undo']> & {
  readonly partnerRole: PartnerRole;
  readonly line: number;
};

/** An issue knows by whose rights it is done, and whose users it takes. */
export type StoredIssue = NonNullable<ImportRecord['issue']> & {
  readonly partnerRole: PartnerRole;
  /** The sheet that is being made; '' until it is begun. */
  readonly sheetId: string;
  /** The sheet before. */
  readonly former: string | null;
  /** Unless everyone is meant: of users on these sheets. */
  readonly from: readonly string[];
};

export interface StoredImport extends Omit<ImportRecord, 'id' | 'undo' | 'issue'> {
  readonly _id: string;
  readonly open: boolean;
  readonly position: Position;
  readonly lease: { readonly by: string | null; readonly until: Date };
  readonly servedAt: Date;
  readonly failures: number;
  readonly gaveUp: boolean;
  /** The sheet of passwords that is being made, or was. */
  readonly sheetId?: string;
  readonly issue: StoredIssue | null;
  readonly undo: StoredUndo | null;
}

export interface StoredImportRow {
  readonly importId: string;
  readonly line: number;
  readonly kind: 'skipped' | 'failed';
  readonly faults: readonly ImportFault[];
  readonly at: Date;
}

export interface StoredChunk {
  readonly secretId: string;
  readonly index: number;
  readonly userIds: readonly string[];
  readonly sealed: { readonly iv: string; readonly ciphertext: string; readonly tag: string };
  readonly expiresAt: Date;
}

/** The collections as the driver knows them. */
export function importsOf(connection: Connection) {
  return {
    imports: connection.collection<StoredImport>('imports'),
    importRows: connection.collection<StoredImportRow>('importRows'),
    secretChunks: connection.collection<StoredChunk>('secretChunks'),
  };
}

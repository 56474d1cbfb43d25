import { mongo, Schema, type Connection, type IndexDefinition, type IndexOptions } from 'mongoose';
import { importModelsOf } from './import-records';
import { letterModelsOf } from './letter-records';
import { reminderModelsOf } from './reminder-records';

const options = { versionKey: false } as const;

/** One audit entry; what changed stands in `details`, so that a purge can erase it. */
const auditSchema = new Schema(
  {
    at: { type: Date, required: true },
    operator: { type: String, required: true },
    action: { type: String, required: true },
    customerId: { type: String, default: null },
    target: { type: String, default: '' },
    /** To be found by how the target begins, whatever its case. */
    targetKey: { type: String, default: '' },
    userId: { type: String },
    outcome: { type: String, enum: ['success', 'failure', 'denied'], required: true },
  },
  options,
)
  .index({ customerId: 1, at: -1, _id: -1 })
  .index({ customerId: 1, targetKey: 1, at: -1 })
  .index({ customerId: 1, operator: 1, at: -1, _id: -1 })
  .index({ customerId: 1, action: 1, at: -1, _id: -1 })
  .index({ userId: 1, at: -1 }, { sparse: true });

const auditDetailsSchema = new Schema(
  {
    customerId: { type: String, default: null },
    target: { type: String, default: '' },
    userId: { type: String },
    before: { type: Schema.Types.Mixed },
    after: { type: Schema.Types.Mixed },
    reason: { type: String },
  },
  options,
)
  .index({ customerId: 1, target: 1 })
  .index({ userId: 1 }, { sparse: true });

/** A form's one effect, by the hash of the form's id. Kept longer than any card that could be pressed again. */
const effectSchema = new Schema(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
    result: { type: Map, of: String, required: true },
  },
  options,
).index({ at: 1 }, { expireAfterSeconds: 90 * 24 * 60 * 60 });

const sealedSchema = new Schema(
  {
    iv: { type: String, required: true },
    ciphertext: { type: String, required: true },
    tag: { type: String, required: true },
  },
  { _id: false },
);

const sheetSchema = new Schema(
  {
    importId: { type: String, required: true },
    parts: { type: Number, required: true },
    accounts: { type: Number, required: true },
  },
  { _id: false },
);

/** A hand-over: its token only as a hash, its passwords only sealed under that token. */
const secretSchema = new Schema(
  {
    _id: { type: String, required: true },
    tokenHash: { type: String, required: true },
    customerId: { type: String, required: true },
    userIds: { type: [String], required: true },
    row: { type: String, default: null },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    state: { type: String, enum: ['waiting', 'opened', 'replaced'], required: true },
    openedAt: { type: Date, default: null },
    sealed: { type: sealedSchema, default: null },
    /** Of the sheet of an import: its passwords are in `secretChunks`. */
    sheet: { type: sheetSchema },
  },
  options,
)
  .index({ tokenHash: 1 }, { unique: true })
  .index({ userIds: 1, state: 1 })
  .index({ createdAt: 1, customerId: 1 }, { partialFilterExpression: { state: 'waiting' } })
  .index({ row: 1, createdAt: 1 })
  .index({ expiresAt: 1 }, { expireAfterSeconds: 90 * 24 * 60 * 60 });

const operatorSchema = new Schema(
  {
    operator: { type: String, required: true },
    partnerRole: { type: String, required: true },
    customers: { type: Schema.Types.Mixed, required: true },
  },
  options,
).index({ operator: 1 }, { unique: true });

/** Somebody who has written to Rollcall, by the name that the chat says. */
const personSchema = new Schema(
  {
    _id: { type: String, required: true },
    name: { type: String, default: '' },
    at: { type: Date, required: true },
    searchTokens: { type: [String], required: true },
  },
  options,
)
  .index({ at: -1, _id: 1 })
  .index({ searchTokens: 1 });

/** Where a conversation can be reached; `reference` is the chat's own. */
const conversationSchema = new Schema(
  {
    _id: { type: String, required: true },
    door: { type: String, required: true },
    kind: { type: String, enum: ['personal', 'group', 'channel'], required: true },
    operator: { type: String, default: null },
    reference: { type: String, required: true },
  },
  options,
).index({ door: 1, operator: 1 });

/** The customer that an operator picked in a conversation. */
const choiceSchema = new Schema(
  {
    _id: { type: String, required: true },
    customerId: { type: String, required: true },
    at: { type: Date, required: true },
  },
  options,
).index({ at: 1 }, { expireAfterSeconds: 24 * 60 * 60 });

const liveCardSchema = new Schema(
  {
    _id: { type: String, required: true },
    conversation: { type: String, required: true },
    message: { type: String, required: true },
    subject: { type: String, required: true },
    language: { type: String, required: true },
    timeZone: { type: String, required: true },
    /** The card as Extended JSON: its words have names that MongoDB takes for operators. */
    card: { type: String, required: true },
    dueAt: { type: Date, required: true },
    failures: { type: Number, default: 0 },
  },
  options,
)
  .index({ dueAt: 1 })
  .index({ subject: 1 });

/** A file behind a link; `_id` is the hash of the link's token. */
const fileSchema = new Schema(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    contentType: { type: String, required: true },
    bytes: { type: Buffer, required: true },
    expiresAt: { type: Date, required: true },
  },
  options,
).index({ expiresAt: 1 }, { expireAfterSeconds: 0 });

/** What a new user of a customer can start from. */
const templateSchema = new Schema(
  {
    _id: { type: String, required: true },
    customerId: { type: String, required: true },
    name: { type: String, required: true },
    /** The name to be compared without case. */
    nameKey: { type: String, required: true },
    usageLocation: { type: String, default: '' },
    department: { type: String, default: '' },
    roles: { type: [String], required: true },
    licenses: { type: [String], required: true },
  },
  options,
).index({ customerId: 1, nameKey: 1 }, { unique: true });

/** What a chat has delivered, by its own id, so that a second delivery is known. */
const deliverySchema = new Schema(
  {
    _id: { type: String, required: true },
    at: { type: Date, required: true },
  },
  options,
).index({ at: 1 }, { expireAfterSeconds: 60 * 60 });

const settingSchema = new Schema(
  {
    _id: { type: String, required: true },
    value: { type: String, required: true },
  },
  options,
);

export type Records = ReturnType<typeof recordsOf>;

/** Rollcall's own records, one model a collection. */
export function recordsOf(connection: Connection) {
  return {
    audit: connection.model('audit', auditSchema, 'audit'),
    auditDetails: connection.model('auditDetails', auditDetailsSchema, 'auditDetails'),
    effects: connection.model('effects', effectSchema, 'effects'),
    secrets: connection.model('secrets', secretSchema, 'secrets'),
    operators: connection.model('operators', operatorSchema, 'operators'),
    people: connection.model('people', personSchema, 'people'),
    conversations: connection.model('conversations', conversationSchema, 'conversations'),
    choices: connection.model('choices', choiceSchema, 'choices'),
    files: connection.model('files', fileSchema, 'files'),
    liveCards: connection.model('liveCards', liveCardSchema, 'liveCards'),
    templates: connection.model('templates', templateSchema, 'templates'),
    deliveries: connection.model('deliveries', deliverySchema, 'deliveries'),
    settings: connection.model('settings', settingSchema, 'settings'),
    ...importModelsOf(connection),
    ...letterModelsOf(connection),
    ...reminderModelsOf(connection),
  };
}

/** Makes the collections and their indexes; to be awaited before the first write. */
export async function createIndexes(connection: Connection): Promise<void> {
  const models = Object.values(connection.models);
  await Promise.all(
    models.map(async (model) => {
      const indexes = model.schema.indexes();
      if (indexes.length === 0) await model.createCollection();
      // One command makes the collection with all its indexes: mongoose would send one for each.
      else await built(connection, () => model.collection.createIndexes(indexes.map(describeIndex)));
    }),
  );
}

/**
 * Over millions of documents an index takes longer than an answer may. MongoDB goes on with it meanwhile, and asked
 * again waits for it; unless it does not answer anything any more.
 */
async function built(connection: Connection, build: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await build();
      return;
    } catch (error) {
      if (!(error instanceof mongo.MongoNetworkTimeoutError)) throw error;
      await connection.getClient().db('admin').command({ ping: 1 });
    }
  }
}

function describeIndex([key, options]: [IndexDefinition, IndexOptions]): mongo.IndexDescription {
  return { ...options, key } as mongo.IndexDescription;
}

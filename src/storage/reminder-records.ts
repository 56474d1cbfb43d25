import { Schema, type Connection } from 'mongoose';

const options = { versionKey: false } as const;
const day = 24 * 60 * 60;

/** A conversation that is reminded; `offered`: customers that it was subscribed to without having asked. */
const subscriptionSchema = new Schema(
  {
    _id: { type: String, required: true },
    kind: { type: String, enum: ['personal', 'group', 'channel'], required: true },
    enabled: { type: Boolean, required: true },
    customers: { type: Schema.Types.Mixed, required: true },
    offered: { type: [String], required: true },
    days: { type: [Number], required: true },
    hour: { type: Number, required: true },
    timeZone: { type: String, required: true },
    language: { type: String, enum: ['en', 'fr'], required: true },
    summary: { type: Boolean, required: true },
    operator: { type: String, required: true },
    /** Until when a process has it, in the server's time. */
    worker: { type: String, default: null },
    leaseUntil: { type: Date, required: true },
    lookedAt: { type: Date, required: true },
    failures: { type: Number, required: true },
    retryAt: { type: Date, default: null },
    overdue: { type: Number, default: 0 },
    overdueSince: { type: Date, default: null },
    /** The chat has removed the bot: `untold` until an operator was told. */
    left: { type: String, enum: ['untold', 'told'], default: null },
  },
  options,
)
  .index({ enabled: 1, lookedAt: 1 }, { partialFilterExpression: { enabled: true } })
  .index({ left: 1 }, { partialFilterExpression: { left: 'untold' } });

/** One reminder: of a user, for a deadline, at a threshold, in a conversation. */
const reminderSchema = new Schema(
  {
    conversation: { type: String, required: true },
    userId: { type: String, required: true },
    customerId: { type: String, required: true },
    restoreBy: { type: Date, required: true },
    threshold: { type: Number, required: true },
    state: { type: String, enum: ['claimed', 'sent'], required: true },
    /** Given to the chat, which has not answered yet. */
    inFlight: { type: Boolean, required: true },
    attempts: { type: Number, required: true },
    digest: { type: String, required: true },
    at: { type: Date, required: true },
  },
  options,
)
  .index({ conversation: 1, userId: 1, restoreBy: 1, threshold: 1 }, { unique: true, name: 'one_of_each' })
  .index({ conversation: 1, restoreBy: 1 })
  .index({ digest: 1 })
  .index({ userId: 1, digest: 1 })
  .index({ restoreBy: 1 }, { expireAfterSeconds: 40 * day });

const letGoSchema = new Schema(
  {
    _id: { type: String, required: true },
    deletion: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    reason: { type: String, default: '' },
    restoreBy: { type: Date, required: true },
  },
  options,
).index({ restoreBy: 1 }, { expireAfterSeconds: 40 * day });

const snoozeSchema = new Schema(
  {
    conversation: { type: String, required: true },
    userId: { type: String, required: true },
    deletion: { type: String, required: true },
    until: { type: String, required: true },
    by: { type: String, required: true },
    restoreBy: { type: Date, required: true },
  },
  options,
)
  .index({ conversation: 1, userId: 1 }, { unique: true })
  .index({ userId: 1 })
  .index({ restoreBy: 1 }, { expireAfterSeconds: 40 * day });

/** The daily summary of a conversation; `asOf`: how things stood when it was drawn. */
const summarySchema = new Schema(
  {
    conversation: { type: String, required: true },
    /** A calendar day there, as in `2026-11-22`. */
    day: { type: String, required: true },
    state: { type: String, enum: ['claimed', 'done'], required: true },
    inFlight: { type: Boolean, required: true },
    attempts: { type: Number, required: true },
    asOf: { type: Date, default: null },
    at: { type: Date, required: true },
  },
  options,
)
  .index({ conversation: 1, day: 1 }, { unique: true, name: 'one_a_day' })
  .index({ at: 1 }, { expireAfterSeconds: 40 * day });

export function reminderModelsOf(connection: Connection) {
  return {
    reminderSubscriptions: connection.model(
      'reminderSubscriptions',
      subscriptionSchema,
      'reminderSubscriptions',
    ),
    reminders: connection.model('reminders', reminderSchema, 'reminders'),
    letGo: connection.model('letGo', letGoSchema, 'letGo'),
    snoozes: connection.model('snoozes', snoozeSchema, 'snoozes'),
    summaries: connection.model('summaries', summarySchema, 'summaries'),
  };
}

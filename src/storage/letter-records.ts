import { Schema, type Connection } from 'mongoose';

/**
 * By which index the next letter of a queue is found: of operators' letters all name no import, and of imports' the
 * few others are passed over.
 */
export const letterIndexes = {
  operators: { importId: 1, state: 1, dueAt: 1 },
  imports: { state: 1, dueAt: 1 },
} as const;

/** A letter with a one-time link. Neither the link nor anything it could be made of stands here. */
const letterSchema = new Schema(
  {
    _id: { type: String, required: true },
    says: { type: String, enum: ['link', 'user-name'], default: 'link' },
    customerId: { type: String, required: true },
    userId: { type: String, required: true },
    handOverId: { type: String, default: null },
    importId: { type: String, default: null },
    operator: { type: String, required: true },
    language: { type: String, enum: ['en', 'fr'], required: true },
    /** Erased with the result. */
    email: { type: String, default: null },
    shownEmail: { type: String, required: true },
    state: {
      type: String,
      enum: ['queued', 'sent', 'refused', 'given-up', 'not-allowed', 'ended'],
      required: true,
    },
    refusedBecause: { type: String, enum: ['recipient', 'sender', 'content'] },
    attempts: { type: Number, required: true },
    queuedAt: { type: Date, required: true },
    dueAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
  },
  { versionKey: false },
)
  .index(letterIndexes.imports)
  .index(letterIndexes.operators)
  .index({ userId: 1, state: 1 })
  .index({ handOverId: 1 })
  .index({ queuedAt: 1 }, { expireAfterSeconds: 90 * 24 * 60 * 60 });

export function letterModelsOf(connection: Connection) {
  return { letters: connection.model('letters', letterSchema, 'letters') };
}

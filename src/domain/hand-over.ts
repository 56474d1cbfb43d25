import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto';
import type { Entropy } from './entropy';

export type HandOverState = 'waiting' | 'opened' | 'expired' | 'replaced';

/** What the page of a hand-over reveals. */
export interface Account {
  readonly userPrincipalName: string;
  readonly displayName: string;
  readonly password: string;
}

/** AES-256-GCM, each part as base64. */
export interface Sealed {
  readonly iv: string;
  readonly ciphertext: string;
  readonly tag: string;
}

/** One link, as stored: nothing in it opens `sealed`. */
export interface HandOverRecord {
  readonly id: string;
  readonly tokenHash: string;
  readonly customerId: string;
  readonly userIds: readonly string[];
  /** Users added one after the other share a row; null for a hand-over that stands alone. */
  readonly row: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly state: 'waiting' | 'opened' | 'replaced';
  readonly openedAt: Date | null;
  /** Erased as soon as the link is opened or dies. */
  readonly sealed: Sealed | null;
  /** Of the sheet of an import: `userIds` and `sealed` are empty, its accounts are sealed in so many parts. */
  readonly sheet?: { readonly importId: string; readonly parts: number; readonly accounts: number };
}

/** What a part of a sheet is bound to. */
export function partOfSheet(
  { id, customerId }: Pick<HandOverRecord, 'id' | 'customerId'>,
  index: number,
): SealContext {
  return { id: `${id}:${index}`, customerId };
}

/** What a sealed hand-over is bound to: moved to another record it does not open. */
interface SealContext {
  readonly id: string;
  readonly customerId: string;
}

/** Milliseconds. */
export const handOverLifetime = 7 * 24 * 60 * 60 * 1000;

/** 32 random bytes, base64url: good for one effect. */
export function newFormId(entropy: Entropy): string {
  return entropy.bytes(32).toString('base64url');
}

/** Only the one spelling that `newFormId` gives, so that one form cannot pass for two. */
export function isFormId(text: string): boolean {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === 32 && bytes.toString('base64url') === text;
}

/** The random bytes of a form; throws for what is no form id. */
function formBytes(formId: string): Buffer {
  if (!isFormId(formId)) throw new RangeError('Not a form id.');
  return Buffer.from(formId, 'base64url');
}

/** What the database keeps of a form id, as hexadecimal; no link can be derived from it. */
export function effectId(formId: string): string {
  return createHash('sha256').update('rollcall effect\0').update(formBytes(formId)).digest('hex');
}

/** The secret of the link that a form leads to: always the same for a form, so that it need not be stored. */
export function deriveToken(formId: string): string {
  return derive(formBytes(formId), 'rollcall hand-over token').toString('base64url');
}

/** What the database keeps of a token, as hexadecimal. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

export function sealAccounts(
  accounts: readonly Account[],
  token: string,
  context: SealContext,
  entropy: Entropy,
): Sealed {
  const iv = entropy.bytes(12);
  const cipher = createCipheriv('aes-256-gcm', sealKey(token), iv, { authTagLength: 16 });
  cipher.setAAD(binding(context));
  const ciphertext = Buffer.concat([cipher.update(JSON.stringify(accounts), 'utf8'), cipher.final()]);
  const tag = cipher.getAuthTag();
  return {
    iv: iv.toString('base64'),
    ciphertext: ciphertext.toString('base64'),
    tag: tag.toString('base64'),
  };
}

/** Throws when the token, the context or a single bit of `sealed` is not what it was. */
export function openAccounts(sealed: Sealed, token: string, context: SealContext): Account[] {
  const iv = Buffer.from(sealed.iv, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', sealKey(token), iv, { authTagLength: 16 });
  decipher.setAAD(binding(context));
  decipher.setAuthTag(Buffer.from(sealed.tag, 'base64'));
  const opened = Buffer.concat([decipher.update(Buffer.from(sealed.ciphertext, 'base64')), decipher.final()]);
  return JSON.parse(opened.toString('utf8')) as Account[];
}

/** What the operator's card says; a link is expired from `expiresAt` on. */
export function handOverState(record: Pick<HandOverRecord, 'state' | 'expiresAt'>, now: Date): HandOverState {
  return record.state === 'waiting' && now >= record.expiresAt ? 'expired' : record.state;
}

function sealKey(token: string): Buffer {
  return derive(Buffer.from(token, 'utf8'), 'rollcall hand-over seal');
}

function binding(context: SealContext): Buffer {
  return Buffer.from(JSON.stringify(['rollcall hand-over', context.id, context.customerId]), 'utf8');
}

function derive(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), purpose, 32));
}

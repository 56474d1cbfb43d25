import type { Entropy } from '../domain/entropy';
import {
  handOverLifetime,
  hashToken,
  newFormId,
  partOfSheet,
  sealAccounts,
  type HandOverRecord,
} from '../domain/hand-over';
import { newId } from '../domain/id';
import { addLeftOut, nobodyLeftOut, type LeftOut } from '../domain/import-issue';
import { createTemporaryPassword, digestPassword } from '../domain/password';
import type { Clock } from '../ports/clock';
import type { ImportSheets, SheetPart, SheetUser } from '../ports/import-store';
import type { ImportRecord } from '../ports/imports';

/** Accounts that are sealed together. */
const partSize = 1_000;
/** Users of a part may be changed by somebody else while it is sealed. */
const mostAttempts = 20;

interface Deps {
  readonly sheets: ImportSheets;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly worker: string;
}

export type MadeSheet =
  /** Nobody knows the token but who holds this. */
  | { readonly kind: 'made'; readonly token: string; readonly sheetId: string }
  /** There is nobody to make a password for. */
  | { readonly kind: 'none' }
  /** A process before this one has posted it, and it was opened. */
  | { readonly kind: 'opened' }
  /** The process ends before it is made: the next one makes another. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'lost' };

interface Occasion {
  /** In whose name. */
  readonly by: string;
  readonly ending: AbortSignal;
  /** How many there are so far. */
  readonly tell?: (accounts: number) => void;
}

interface Sheet {
  readonly id: string;
  readonly customerId: string;
  readonly token: string;
}

/** So much of a sheet; `left`: who gets no password. */
interface Sealed {
  readonly parts: number;
  readonly accounts: number;
  readonly left: LeftOut;
}

/**
 * Makes the temporary passwords of users of an import in one pass and seals them, part by part, under a token that
 * is kept nowhere. Who dies over it leaves parts that nobody can open; the next one discards them.
 */
export function createMakeSheet({ sheets, clock, entropy, worker }: Deps) {
  const sealPart = (users: readonly SheetUser[], sheet: Sheet, index: number): SheetPart => {
    const at = clock.now();
    const passwords = users.map(() => createTemporaryPassword(entropy));
    const accounts = users.map(({ userPrincipalName, displayName }, place) => ({
      userPrincipalName,
      displayName,
      password: passwords[place] ?? '',
    }));
    return {
      ...{ sheetId: sheet.id, index, users, at, expiresAt: new Date(at.getTime() + handOverLifetime) },
      digests: new Map(users.map(({ id }, place) => [id, digestPassword(passwords[place] ?? '', entropy)])),
      sealed: sealAccounts(accounts, sheet.token, partOfSheet(sheet, index), entropy),
    };
  };

  /** Part by part; or why it is not done. */
  const sealAll = async (
    importId: string,
    sheet: Sheet,
    { ending, tell }: Occasion,
  ): Promise<Sealed | 'stopped' | 'lost'> => {
    let sealed: Sealed = { parts: 0, accounts: 0, left: nobodyLeftOut };
    let [line, retries] = [0, 0];
    for (;;) {
      if (ending.aborted) return 'stopped';
      const next = await sheets.users(importId, line, partSize);
      if (!next) return sealed;
      const { users } = next;
      const part = users.length > 0 ? sealPart(users, sheet, sealed.parts) : null;
      const outcome = part ? await sheets.seal(importId, worker, part) : 'none';
      if (outcome === null) return 'lost';
      if (outcome === 'changed') {
        retries += 1;
        if (retries > mostAttempts) throw new Error('Users of an import change faster than a sheet is made.');
        continue;
      }
      line = next.line;
      const [parts, accounts] = [sealed.parts + (part ? 1 : 0), sealed.accounts + users.length];
      sealed = { parts, accounts, left: addLeftOut(sealed.left, next.left) };
      tell?.(accounts);
    }
  };

  return async (
    record: Pick<ImportRecord, 'id'>,
    customerId: string,
    occasion: Occasion,
  ): Promise<MadeSheet> => {
    const token = newFormId(entropy);
    const sheet = { id: newId(entropy, clock.now()), customerId, token };
    const begun = await sheets.begin(record.id, worker, sheet.id);
    if (begun !== 'begun') return { kind: begun ?? 'lost' };

    const sealed = await sealAll(record.id, sheet, occasion);
    if (typeof sealed === 'string') return { kind: sealed };
    const { parts, accounts, left } = sealed;
    if (accounts === 0)
      return { kind: (await sheets.complete(record.id, worker, null, left)) ? 'none' : 'lost' };
    const now = clock.now();
    const made: HandOverRecord = {
      ...{ id: sheet.id, tokenHash: hashToken(token), customerId, userIds: [], row: null },
      ...{ createdBy: occasion.by, createdAt: now, expiresAt: new Date(now.getTime() + handOverLifetime) },
      ...{ state: 'waiting', openedAt: null, sealed: null },
      sheet: { importId: record.id, parts, accounts },
    };
    const stored = await sheets.complete(record.id, worker, made, left);
    return stored ? { kind: 'made', token, sheetId: sheet.id } : { kind: 'lost' };
  };
}

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
import { addLeftOut, nobodyLeftOut } from '../domain/import-issue';
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

/**
 * Makes the temporary passwords of users of an import in one pass and seals them, part by part, under a token that
 * is kept nowhere. Who dies over it leaves parts that nobody can open; the next one discards them.
 */
export function createMakeSheet({ sheets, clock, entropy, worker }: Deps) {
  const sealPart = (
    users: readonly SheetUser[],
    sheet: { readonly id: string; readonly customerId: string; readonly token: string },
    index: number,
  ): SheetPart => {
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

  return async (
    record: Pick<ImportRecord, 'id'>,
    customerId: string,
    { by, ending, tell }: Occasion,
  ): Promise<MadeSheet> => {
    const token = newFormId(entropy);
    const sheet = { id: newId(entropy, clock.now()), customerId, token };
    const begun = await sheets.begin(record.id, worker, sheet.id);
    if (begun !== 'begun') return { kind: begun ?? 'lost' };

    let [line, parts, accounts, retries] = [0, 0, 0, 0];
    let left = nobodyLeftOut;
    for (;;) {
      if (ending.aborted) return { kind: 'stopped' };
      const next = await sheets.users(record.id, line, partSize);
      if (!next) break;
      const { users } = next;
      const part = users.length > 0 ? sealPart(users, sheet, parts) : null;
      const outcome = part ? await sheets.seal(record.id, worker, part) : 'none';
      if (outcome === null) return { kind: 'lost' };
      if (outcome === 'changed') {
        retries += 1;
        if (retries > mostAttempts) throw new Error('Users of an import change faster than a sheet is made.');
        continue;
      }
      [line, parts, accounts] = [next.line, parts + (part ? 1 : 0), accounts + users.length];
      left = addLeftOut(left, next.left);
      tell?.(accounts);
    }
    if (accounts === 0)
      return { kind: (await sheets.complete(record.id, worker, null, left)) ? 'none' : 'lost' };
    const now = clock.now();
    const made: HandOverRecord = {
      ...{ id: sheet.id, tokenHash: hashToken(token), customerId, userIds: [], row: null },
      ...{ createdBy: by, createdAt: now, expiresAt: new Date(now.getTime() + handOverLifetime) },
      ...{ state: 'waiting', openedAt: null, sealed: null },
      sheet: { importId: record.id, parts, accounts },
    };
    const stored = await sheets.complete(record.id, worker, made, left);
    return stored ? { kind: 'made', token, sheetId: sheet.id } : { kind: 'lost' };
  };
}

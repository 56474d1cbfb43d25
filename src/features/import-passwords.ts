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
import type { ImportSheets, SheetPart, SheetUser, SheetUsers } from '../ports/import-store';
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

/** The users who come next; no part where all of them are left out. */
type NextPart = SheetUsers & { readonly part: SheetPart | null };

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
  /** Of the last user. */
  readonly line: number;
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

  const partAfter = async (
    importId: string,
    sheet: Sheet,
    { line, parts }: Pick<Sealed, 'line' | 'parts'>,
  ): Promise<NextPart | null> => {
    const next = await sheets.users(importId, line, partSize);
    return next && { ...next, part: next.users.length > 0 ? sealPart(next.users, sheet, parts) : null };
  };

  /** Part by part, the next one made while one is stored; or why it is not done. */
  const sealAll = async (
    importId: string,
    sheet: Sheet,
    { ending, tell }: Occasion,
  ): Promise<Sealed | 'stopped' | 'lost'> => {
    let sealed: Sealed = { line: 0, parts: 0, accounts: 0, left: nobodyLeftOut };
    let next = await partAfter(importId, sheet, sealed);
    let retries = 0;
    while (next) {
      if (ending.aborted) return 'stopped';
      const then = withPart(sealed, next);
      const [outcome, following] = await Promise.all([
        next.part ? sheets.seal(importId, worker, next.part) : 'none',
        partAfter(importId, sheet, then),
      ]);
      if (outcome === null) return 'lost';
      if (outcome === 'changed') {
        retries += 1;
        if (retries > mostAttempts) throw new Error('Users of an import change faster than a sheet is made.');
        next = await partAfter(importId, sheet, sealed);
        continue;
      }
      [sealed, next] = [then, following];
      tell?.(sealed.accounts);
    }
    return sealed;
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
    const handOver: HandOverRecord = {
      ...{ id: sheet.id, tokenHash: hashToken(token), customerId, userIds: [], row: null },
      ...{ createdBy: occasion.by, createdAt: now, expiresAt: new Date(now.getTime() + handOverLifetime) },
      ...{ state: 'waiting', openedAt: null, sealed: null },
      sheet: { importId: record.id, parts, accounts },
    };
    const stored = await sheets.complete(record.id, worker, handOver, left);
    return stored ? { kind: 'made', token, sheetId: sheet.id } : { kind: 'lost' };
  };
}

function withPart({ parts, accounts, left }: Sealed, next: NextPart): Sealed {
  return {
    line: next.line,
    parts: parts + (next.part ? 1 : 0),
    accounts: accounts + next.users.length,
    left: addLeftOut(left, next.left),
  };
}

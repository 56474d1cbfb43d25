import { openAccounts, partOfSheet, type Account, type HandOverRecord } from '../domain/hand-over';
import type { Clock } from '../ports/clock';
import type { SheetPartRead, SheetParts } from '../ports/hand-overs';
import type { RevealedSheet } from './hand-over-page';

/** The hand-over of an import. */
export type SheetRecord = HandOverRecord & { readonly sheet: NonNullable<HandOverRecord['sheet']> };

interface Deps {
  readonly parts: SheetParts;
  readonly clock: Clock;
}

interface ReadableSheet extends Omit<RevealedSheet, 'count'> {
  /** Why it does not open; null when it does. Looks at the first part alone, and changes nothing. */
  fault(): Promise<unknown>;
}

/** Reads a sheet twice, part by part, and erases it behind itself, also when the reader goes away. */
export function createRevealedSheet(
  record: SheetRecord,
  token: string,
  { parts, clock }: Deps,
): ReadableSheet {
  const open = ({ sealed, users }: SheetPartRead, index: number): readonly Account[] => {
    const accounts = openAccounts(sealed, token, partOfSheet(record, index));
    return accounts.flatMap((account, place) => {
      const user = users[place];
      return user ? [{ ...account, ...namesOf(user) }] : [];
    });
  };

  async function* read(
    of: (index: number) => Promise<SheetPartRead | null>,
  ): AsyncGenerator<readonly Account[]> {
    for (let index = 0; index < record.sheet.parts; index += 1) {
      const part = await of(index);
      if (part) yield open(part, index);
    }
  }

  async function* first(): AsyncGenerator<readonly Account[]> {
    let through = false;
    try {
      yield* read((index) => parts.show(record, index, clock.now()));
      through = true;
    } finally {
      if (!through) await parts.erase(record.id);
    }
  }

  async function* last(): AsyncGenerator<readonly Account[]> {
    try {
      yield* read((index) => parts.take(record.id, index));
    } finally {
      await parts.erase(record.id);
    }
  }

  return {
    async fault() {
      const part = await parts.find(record.id, 0);
      if (!part) return new Error('A waiting sheet has nothing sealed.');
      try {
        open(part, 0);
        return null;
      } catch (error) {
        return error;
      }
    },
    first,
    last,
  };
}

/** By its present names, should it have been renamed since. */
function namesOf({ userPrincipalName, displayName }: Pick<Account, 'userPrincipalName' | 'displayName'>) {
  return { userPrincipalName, displayName };
}

import {
  deriveToken,
  handOverState,
  hashToken,
  newFormId,
  sealAccounts,
  type Account,
  type HandOverRecord,
} from '../../src/domain/hand-over';
import { newId } from '../../src/domain/id';
import type { HandOvers } from '../../src/ports/hand-overs';
import { realEntropy } from './entropy';

export interface HandOversInMemory extends Pick<HandOvers, 'findByToken' | 'reveal' | 'parts'> {
  /** Stores a waiting link and gives its token. */
  add(accounts: readonly Account[], changes?: Partial<HandOverRecord>): string;
  stored(token: string): HandOverRecord;
  /** Every call, by its name. */
  readonly calls: readonly string[];
  /** The UPNs of each reveal that won. */
  readonly revealed: readonly (readonly string[])[];
}

/** Links as the database keeps them; each call takes a moment, so that callers can meet. */
export function createHandOversInMemory(now: Date): HandOversInMemory {
  const records = new Map<string, HandOverRecord>();
  const calls: string[] = [];
  const revealed: (readonly string[])[] = [];
  const moment = () => new Promise((resolve) => setTimeout(resolve, 2));

  return {
    calls,
    revealed,
    add(accounts, changes = {}) {
      const token = deriveToken(newFormId(realEntropy));
      const [id, customerId] = [newId(realEntropy, now), 'c1'];
      const record: HandOverRecord = {
        id,
        tokenHash: hashToken(token),
        customerId,
        userIds: accounts.map((_, place) => `u${place}`),
        row: null,
        createdBy: 'web:anna',
        createdAt: now,
        expiresAt: new Date(now.getTime() + 7 * 86_400_000),
        state: 'waiting',
        openedAt: null,
        sealed: sealAccounts(accounts, token, { id, customerId }, realEntropy),
        ...changes,
      };
      records.set(record.tokenHash, record);
      return token;
    },
    stored(token) {
      const record = records.get(hashToken(token));
      if (!record) throw new Error('No such hand-over.');
      return record;
    },
    parts: noParts,
    async findByToken(tokenHash) {
      calls.push('findByToken');
      await moment();
      return records.get(tokenHash) ?? null;
    },
    async reveal(tokenHash, at, targets) {
      calls.push('reveal');
      await moment();
      const record = records.get(tokenHash);
      if (!record || handOverState(record, at) !== 'waiting') return null;
      records.set(tokenHash, { ...record, state: 'opened', openedAt: at, sealed: null });
      revealed.push(targets);
      return record;
    },
  };
}

/** Of hand-overs that are no sheets. */
/** Where nobody sends letters. */
export const noLetters = {
  find: () => Promise.resolve(null),
  queue: () => Promise.reject(new Error('No letter is asked for.')),
};

export const noParts: HandOvers['parts'] = {
  count: () => Promise.resolve(0),
  find: () => Promise.resolve(null),
  show: () => Promise.resolve(null),
  take: () => Promise.resolve(null),
  erase: () => Promise.resolve(),
};

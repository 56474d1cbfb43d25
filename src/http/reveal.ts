import type { Entropy } from '../domain/entropy';
import {
  handOverState,
  hashToken,
  openAccounts,
  type Account,
  type HandOverRecord,
} from '../domain/hand-over';
import type { Clock } from '../ports/clock';
import type { HandOvers } from '../ports/hand-overs';
import type { Log } from '../ports/log';
import { StorageAway } from '../ports/storage-away';
import type { HandOverView } from './hand-over-page';
import { createRevealedSheet, type SheetRecord } from './revealed-sheet';

interface Deps {
  readonly handOvers: Pick<HandOvers, 'findByToken' | 'reveal' | 'parts'>;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  /** Told after a link was opened; the page does not wait for it. */
  readonly opened: (handOverId: string) => void;
}

/** What a link leads to. Looking changes nothing; revealing does it once. */
export function createReveal({ handOvers, clock, entropy, log, opened }: Deps) {
  const look = async (tokenHash: string): Promise<HandOverView> =>
    viewOf(await handOvers.findByToken(tokenHash), clock.now());

  const unreadable = (record: HandOverRecord, error: unknown): HandOverView => {
    const reference = newReference(entropy);
    log.error(
      { reference, handOver: record.id, err: error },
      'A hand-over does not open; nothing was revealed.',
    );
    return { kind: 'unreadable', reference };
  };

  const tell = (handOverId: string): void => {
    try {
      opened(handOverId);
    } catch (error) {
      log.error({ handOver: handOverId, err: error }, 'What was opened could not be told.');
    }
  };

  /** Somebody else was first. Should the link seem to wait all the same, the reader can press again. */
  const lookAgain = async (tokenHash: string): Promise<HandOverView> => {
    const view = await look(tokenHash).catch((error: unknown): HandOverView => {
      if (!(error instanceof StorageAway)) throw error;
      return { kind: 'uncertain' };
    });
    return view.kind === 'waiting' ? { kind: 'away' } : view;
  };

  const takeOnce = async (tokenHash: string, accounts: readonly Account[]): Promise<HandOverView> => {
    const targets = accounts.map((account) => account.userPrincipalName);
    const won = await handOvers.reveal(tokenHash, clock.now(), targets);
    if (!won) return lookAgain(tokenHash);
    tell(won.id);
    return { kind: 'revealed', accounts };
  };

  const revealSheet = async (record: SheetRecord, token: string): Promise<HandOverView> => {
    const sheet = createRevealedSheet(record, token, { parts: handOvers.parts, clock });
    const [count, fault] = await Promise.all([handOvers.parts.count(record), sheet.fault()]);
    if (fault !== null) return unreadable(record, fault);
    const won = await handOvers.reveal(record.tokenHash, clock.now(), []);
    if (!won) return lookAgain(record.tokenHash);
    tell(won.id);
    return { kind: 'revealed-sheet', sheet: { ...sheet, count } };
  };

  const reveal = async (token: string): Promise<HandOverView> => {
    const tokenHash = hashToken(token);
    const record = await handOvers.findByToken(tokenHash);
    const view = viewOf(record, clock.now());
    if (view.kind !== 'waiting' || !record) return view;
    if (record.sheet) return revealSheet({ ...record, sheet: record.sheet }, token);
    // Opened before the link is used up: what cannot be shown is not erased.
    const accounts = open(record, token);
    return 'fault' in accounts ? unreadable(record, accounts.fault) : takeOnce(tokenHash, accounts.opened);
  };

  const orAway = (view: Promise<HandOverView>): Promise<HandOverView> =>
    view.catch((error: unknown) => {
      if (!(error instanceof StorageAway)) throw error;
      log.warn({ err: error }, 'MongoDB does not answer; a hand-over was not shown.');
      return { kind: error.uncertain ? 'uncertain' : 'away' };
    });

  return {
    look: (token: string): Promise<HandOverView> => orAway(look(hashToken(token))),
    reveal: (token: string): Promise<HandOverView> => orAway(reveal(token)),
  };
}

/** What stands on the page of an unexpected fault and in the log. */
export function newReference(entropy: Entropy): string {
  return entropy.bytes(5).toString('hex');
}

function viewOf(record: HandOverRecord | null, now: Date): HandOverView {
  if (!record) return { kind: 'unknown' };
  const state = handOverState(record, now);
  if (state === 'waiting') return { kind: 'waiting', until: record.expiresAt };
  return state === 'opened' ? { kind: 'opened', at: record.openedAt } : { kind: state };
}

function open(
  record: HandOverRecord,
  token: string,
): { readonly opened: readonly Account[] } | { readonly fault: unknown } {
  if (!record.sealed) return { fault: new Error('A waiting hand-over has nothing sealed.') };
  try {
    return { opened: openAccounts(record.sealed, token, record) };
  } catch (error) {
    return { fault: error };
  }
}

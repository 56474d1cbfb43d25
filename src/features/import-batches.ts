import type { Entropy } from '../domain/entropy';
import { newId } from '../domain/id';
import { withChoices } from '../domain/import-user';
import { newLetter } from '../domain/letter';
import type { Clock } from '../ports/clock';
import type {
  ImportAccounts,
  ImportStore,
  ImportWork,
  LicenseToChange,
  Uploads,
  UserToCreate,
  Waiting,
  WaitingRow,
} from '../ports/import-store';
import type { ImportRecord } from '../ports/imports';
import type { Pace } from './import-pace';

/** Rows of one transaction. */
const batchSize = 500;

interface Deps {
  readonly store: Pick<ImportStore, 'endRows'>;
  readonly uploads: Pick<Uploads, 'read'>;
  readonly accounts: Pick<ImportAccounts, 'createUsers' | 'changeLicenses'>;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly worker: string;
}

/**
 * Runs the rows of an import from where it stands, until they are through, it is cancelled or `isOver`. Answers how it
 * stands then; null when it is somebody else's.
 */
export function createRunRows({ store, uploads, accounts, pace, clock, entropy, worker }: Deps) {
  const runBatch = (work: ImportWork, { rows, next }: Waiting<WaitingRow>): Promise<ImportWork | null> => {
    const { record, position } = work;
    const at = clock.now();
    const count = (kind: WaitingRow['kind']) => rows.filter((row) => row.kind === kind).length;
    const batch = {
      ...{ importId: record.id, worker, from: position, to: next, at },
      ...{ operator: record.startedBy ?? record.operator },
      ...{ skipped: count('skipped'), failed: count('failed') },
    };
    return record.content === 'users'
      ? accounts.createUsers({ ...batch, users: rows.flatMap((row) => toCreate(row, record, at)) })
      : accounts.changeLicenses({
          ...batch,
          changes: rows.flatMap((row) => toChange(row, record)),
          usageLocation: record.choices.usageLocation,
        });
  };

  const toCreate = (row: WaitingRow, record: ImportRecord, at: Date): UserToCreate[] => {
    if (row.kind !== 'user') return [];
    const { line, customerId, user, handOverEmail } = row;
    const id = newId(entropy, at);
    const { letters: language, startedBy, operator } = record;
    const of = { customerId, userId: id, handOverId: null, importId: record.id };
    const letter =
      language !== null && handOverEmail !== undefined
        ? newLetter({ ...of, operator: startedBy ?? operator, language }, handOverEmail, at, entropy)
        : null;
    return [{ line, customerId, id, user: withChoices(user, record.choices), letter }];
  };

  return async (begun: ImportWork, isOver: () => boolean): Promise<ImportWork | null> => {
    let work = begun;
    const { id, total } = begun.record;
    const isThrough = () => work.position.row >= total || work.record.cancelRequested || work.gaveUp;
    if (!isThrough()) {
      for await (const part of ahead(uploads.read(id, work.position, batchSize))) {
        const next = await runBatch(work, part);
        if (!next) return null;
        work = next;
        pace.tell(work.record);
        if (isThrough() || isOver()) break;
      }
      if (!isThrough() && !isOver()) throw new Error('Rows of an import are not there any more.');
    }
    return isThrough() ? store.endRows(id, worker, work.gaveUp) : work;
  };
}

function toChange(row: WaitingRow, { content, choices }: ImportRecord): LicenseToChange[] {
  if (row.kind !== 'license') return [];
  const { line, customerId, change } = row;
  const { userPrincipalName, license, action } = change;
  const one = { line, customerId, userPrincipalName };
  if (content === 'names') return [{ ...one, assign: choices.assign, remove: choices.remove }];
  const isGiven = action === 'assign';
  return [{ ...one, assign: isGiven ? [license] : [], remove: isGiven ? [] : [license] }];
}

/** The next one is read while one is worked at. */
async function* ahead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const found = await next;
      if (found.done === true) return;
      next = iterator.next();
      // Awaited above, in its turn.
      next.catch(() => undefined);
      yield found.value;
    }
  } finally {
    await next.catch(() => undefined);
    await iterator.return?.();
  }
}

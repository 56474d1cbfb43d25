import type { Customer } from '../domain/customer';
import type { Entropy } from '../domain/entropy';
import { newFormId } from '../domain/hand-over';
import { rolesAllowed } from '../domain/permission';
import { word, type Card } from '../ports/card';
import type { Audit, AuditEntry } from '../ports/audit';
import type { Directory } from '../ports/directory';
import type { CheckOutcome, Imports } from '../ports/imports';
import { FileUnavailable, type IncomingFile } from '../ports/incoming-file';
import type { Log } from '../ports/log';
import { StorageAway } from '../ports/storage-away';
import type { CustomerRequest, Denied, Reply, Request } from './feature';
import { checkedCard } from './import-checked-card';
import { deniedFor } from './import-denied';
import type { ImportFiles } from './import-files';
import type { Readings } from './import-readings';
import { refusedCard, type Refusal } from './import-refused';
import type { PickedId } from './picked-customer';
import { shortened } from './shorten';

export interface ReceiveDeps {
  readonly imports: Pick<Imports, 'checkFile' | 'checkKept'>;
  readonly directory: Pick<Directory, 'findCustomer'>;
  readonly pickedId: PickedId;
  readonly files: ImportFiles;
  readonly readings: Readings;
  readonly audit: Audit;
  readonly entropy: Entropy;
  readonly log: Log;
  /** Of a file. */
  readonly maxBytes: number;
}

/** Characters of the name of a file. */
const longestName = 255;

type Found = CheckOutcome | ({ readonly kind: 'refused' } & Refusal);
type NotAllowed = Extract<Found, { readonly kind: 'not-allowed' }>;

/** Takes a file in and answers with what it would do, at once or as soon as that is known. */
export function createReceive(deps: ReceiveDeps) {
  const { imports, directory, pickedId, files, readings, audit, entropy, log, maxBytes } = deps;

  const picked = async ({ operator, conversation, now }: Request): Promise<Customer | null> => {
    const id = await pickedId(operator, conversation.id, now);
    return id === null ? null : directory.findCustomer(id);
  };

  const check = async (request: Request, file: IncomingFile, name: string): Promise<Found> => {
    if (file.size !== null && file.size > maxBytes) return { kind: 'refused', reason: 'too-large' };
    try {
      const customer = await picked(request);
      return await imports.checkFile(request, customer, { name, bytes: bytesOf(file) });
    } catch (error) {
      if (!(error instanceof FileUnavailable)) throw error;
      log.warn({ err: error }, 'A file that was sent could not be read.');
      return { kind: 'refused', reason: error.reason };
    }
  };

  const checkKept = async (request: CustomerRequest, uploadId: string): Promise<Found> =>
    (await imports.checkKept(request, request.customer, uploadId)) ?? { kind: 'refused', reason: 'not-kept' };

  const cardOf = async (found: Found, { now }: Request, fileName: string): Promise<Card | NotAllowed> => {
    switch (found.kind) {
      case 'refused':
        return refusedCard(fileName, found, maxBytes);
      case 'customer-needed':
        return customerCard(fileName, found.uploadId);
      case 'not-allowed':
        return found;
      case 'checked': {
        const form = newFormId(entropy);
        const reportUrl = await files.report(found.record, form, now);
        return checkedCard(found.record, { form, values: {}, faults: [], reportUrl });
      }
    }
  };

  /** For an answer that was given already: nobody waits for this one, so it must not fail. */
  const cardOfLate = async (drawing: Promise<Card | NotAllowed>, request: Request): Promise<Card> => {
    try {
      const drawn = await drawing;
      if (!('kind' in drawn)) return drawn;
      await audit.record(deniedEntry(request));
      return deniedCard(drawn);
    } catch (error) {
      if (error instanceof StorageAway) return { name: 'storage-away', data: {} };
      const reference = entropy.bytes(5).toString('hex');
      log.error({ reference, err: error }, 'A file could not be checked.');
      return { name: 'unexpected', data: { reference } };
    }
  };

  const answer = async (
    request: Request,
    checking: Promise<Found>,
    fileName: string,
  ): Promise<Reply | Denied> => {
    // With its card: the report that belongs to it takes its time, too.
    const drawing = checking.then((found) => cardOf(found, request, fileName));
    const first = await readings.answer(drawing, (late) => cardOfLate(late, request));
    if ('subject' in first) {
      const card = readingCard(fileName, request.now);
      const dueAt = readings.firstLook(request.now);
      return { audience: 'operator', card, live: { subject: first.subject, card, dueAt } };
    }
    const { found } = first;
    return 'kind' in found
      ? deniedFor(request, { ...found, customerId: null })
      : { audience: 'operator', card: found };
  };

  return {
    file(request: Request, file: IncomingFile): Promise<Reply | Denied> {
      const name = plainName(file.name);
      return answer(request, check(request, file, name), name);
    },

    /** Goes on with a file for which a customer was picked meanwhile. */
    kept: (request: CustomerRequest, uploadId: string): Promise<Reply | Denied> =>
      answer(request, checkKept(request, uploadId), ''),
  };
}

/** Of a refusal that comes after the answer: what is answered with one is audited by itself. */
function deniedEntry({ operator, now }: Request): AuditEntry {
  const action = 'import_customer_users';
  return { at: now, operator: operator.id, action, customerId: null, target: '', outcome: 'denied' };
}

/** What a card of a file says whose process has died. */
export function lostCard({ data: { fileName } }: Card): Card {
  return refusedCard(typeof fileName === 'string' ? fileName : '', { reason: 'not-arrived' }, 0);
}

/** Without characters that nobody sees, and those that turn what stands after them around. */
function plainName(name: string): string {
  return shortened(name.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ''), longestName);
}

async function* bytesOf(file: IncomingFile): AsyncGenerator<Uint8Array> {
  yield* await file.open();
}

export function readingCard(fileName: string, since: Date): Card {
  return { name: 'import-reading', data: { fileName: shortened(fileName, 80), since } };
}

export function customerCard(fileName: string, uploadId: string): Card {
  const pick = { next: { command: 'import', text: uploadId } };
  return { name: 'import-customer', data: { fileName: shortened(fileName, 80), pick } };
}

function deniedCard({ action }: { readonly action: Parameters<typeof rolesAllowed>[0] }): Card {
  const roles = rolesAllowed(action).map((role) => ({ name: word(`roles.${role}`) }));
  return { name: 'denied', data: { roles } };
}

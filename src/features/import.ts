import { z } from 'zod';
import type { Entropy } from '../domain/entropy';
import { isFormId, newFormId } from '../domain/hand-over';
import { issueScopes } from '../domain/import-issue';
import { isAllowed } from '../domain/permission';
import { word } from '../ports/card';
import type { ImportRecord, Imports, UndoOutcome } from '../ports/imports';
import type { Letters } from '../ports/letters';
import { below } from './below';
import type { CustomerRequest, Denied, Reply } from './feature';
import { checkedCard } from './import-checked-card';
import { deniedFor, deniedRight, deniedScope, gone } from './import-denied';
import type { ImportFiles } from './import-files';
import { lettersReply } from './import-letters-card';
import { openCard } from './import-open-card';
import { undoUntil } from './import-result-card';
import { createReceive, type ReceiveDeps } from './import-receive';
import { createImportSheet } from './import-sheet';
import { createShowImport, type ShowDeps } from './import-show';
import { undoAskCard } from './import-undo-cards';

const target = { customerId: z.string(), importId: z.string() };
const form = z.string().refine(isFormId);
/** What a card with a result shows already. */
const known = { token: z.string().optional(), file: z.string().optional() };
export const importFrozen = {
  open: z.strictObject({ customerId: z.string().optional() }),
  start: z.strictObject({ ...target, form }),
  cancel: z.strictObject(target),
  /** `form`: of the dry run that is drawn again. `below`: the card that names the import stays. */
  refresh: z.strictObject({ ...target, ...known, form: form.optional(), below: z.literal(true).optional() }),
  letters: z.strictObject({ ...target, below: z.literal(true).optional() }),
  /** Without a form it asks first. `seen`: the sheet that is there; '' for none. */
  sheet: z.strictObject({
    ...target,
    ...known,
    scope: z.enum(issueScopes),
    seen: z.string().optional(),
    form: form.optional(),
    below: z.literal(true).optional(),
  }),
  /** Without a form it asks first. */
  undo: z.strictObject({ ...target, ...known, form: form.optional() }),
};
type Frozen = { readonly [Step in keyof typeof importFrozen]: z.infer<(typeof importFrozen)[Step]> };

const mostLatest = 5;

interface Deps extends ReceiveDeps, ShowDeps {
  readonly imports: Imports;
  readonly files: ImportFiles;
  readonly letters: Pick<Letters, 'ofImport'>;
  readonly entropy: Entropy;
  /** A mail server is configured. */
  readonly mails: boolean;
}

/** `/import`: files of users and licenses, checked first, imported on a press, and undone if need be. */
export function createImport(deps: Deps) {
  const { imports, files, entropy } = deps;
  const show = createShowImport(deps);
  const receive = createReceive(deps);
  const sheet = createImportSheet({ imports, show, entropy });

  const find = async (
    request: CustomerRequest,
    importId: string,
  ): Promise<{ readonly record: ImportRecord } | { readonly reply: Reply | Denied }> => {
    const record = await imports.find(importId);
    if (!record || !isOf(record, request.customer.id)) return { reply: gone(request) };
    const denied = deniedRight(request, record) ?? deniedScope(request, record);
    return denied ? { reply: denied } : { record };
  };

  const undone = async (request: CustomerRequest, outcome: UndoOutcome): Promise<Reply | Denied> => {
    const { now } = request;
    switch (outcome.kind) {
      case 'undone':
      case 'nothing-to-undo':
        return show.now(outcome.record, now);
      case 'busy':
        return show.now(outcome.record, now, { notice: [word('import-issuing.notUndone')] });
      case 'too-late':
        return show.now(outcome.record, now, { notice: [word('import-result.tooLate')] });
      case 'not-allowed':
        return deniedFor(request, outcome);
      case 'gone':
        return gone(request);
    }
  };

  return {
    receive: receive.file,

    /** How a file is sent here, templates, and the latest ones; or goes on with one that a customer was missing for. */
    async open(request: CustomerRequest<Frozen['open'] | undefined>): Promise<Reply | Denied> {
      const { customer, conversation, locale, now, operator, text } = request;
      if (isUploadId(text)) return receive.kept(request, text);
      const [templates, latest] = await Promise.all([
        files.templates(locale, now),
        imports.latest(operator.id, mostLatest),
      ]);
      const own = latest.filter((record) => !deniedScope(request, record));
      const card = openCard({ customer, kind: conversation.kind, templates, latest: own });
      return { audience: 'operator', card };
    },

    async start(request: CustomerRequest<Frozen['start']>): Promise<Reply | Denied> {
      const { frozen, values, now } = request;
      const outcome = await imports.start(request, frozen.importId, values, frozen.form);
      switch (outcome.kind) {
        case 'started':
        case 'already':
          return show.now(outcome.record, now);
        case 'same-running':
          return show.same(outcome.record, now);
        case 'same-elsewhere':
        case 'refused': {
          const { record } = outcome;
          const busy = outcome.kind === 'same-elsewhere';
          const faults = outcome.kind === 'refused' ? outcome.faults : [];
          const reportUrl = files.reportLink(record, frozen.form);
          const card = checkedCard(record, { form: frozen.form, values, faults, reportUrl, busy });
          return { audience: 'operator', card };
        }
        case 'not-allowed':
          return deniedFor(request, outcome);
        case 'gone':
          return gone(request);
      }
    },

    async cancel(request: CustomerRequest<Frozen['cancel']>): Promise<Reply | Denied> {
      const { importId } = request.frozen;
      const found = await find(request, importId);
      if ('reply' in found) return found.reply;
      await imports.cancel(request, importId);
      return show.now((await imports.find(importId)) ?? found.record, request.now);
    },

    async refresh(request: CustomerRequest<Frozen['refresh']>): Promise<Reply | Denied> {
      const { frozen, values, now } = request;
      const found = await find(request, frozen.importId);
      const outcome =
        'reply' in found ? found.reply : await show.now(found.record, now, { ...frozen, values });
      return frozen.below ? below(outcome) : outcome;
    },

    /** How it goes with the letters that bring links. */
    async letters(request: CustomerRequest<Frozen['letters']>): Promise<Reply | Denied> {
      const { frozen, now } = request;
      const found = await find(request, frozen.importId);
      if ('reply' in found) return found.reply;
      const letters = await deps.letters.ofImport(frozen.importId);
      const reply = lettersReply(found.record, { letters, mails: deps.mails }, now);
      return frozen.below ? below(reply) : reply;
    },

    /** Issue again: a new sheet, or one for those whose letter could not be sent. */
    async sheet(request: CustomerRequest<Frozen['sheet']>): Promise<Reply | Denied> {
      const found = await find(request, request.frozen.importId);
      return 'reply' in found ? found.reply : sheet(request, found.record);
    },

    /** Asks before the users of an import are deleted again, then does it. */
    async undo(request: CustomerRequest<Frozen['undo']>): Promise<Reply | Denied> {
      const { frozen, now } = request;
      const found = await find(request, frozen.importId);
      if ('reply' in found) return found.reply;
      if (frozen.form !== undefined) {
        return undone(request, await imports.undo(request, frozen.importId, frozen.form));
      }
      const until = undoUntil(found.record);
      if (until === null) return show.now(found.record, now, frozen);
      if (now.getTime() >= until.getTime()) return undone(request, { kind: 'too-late', ...found });
      if (!isAllowed(request.operator.partnerRole, 'delete_user')) {
        return deniedFor(request, { action: 'delete_user', customerId: request.customer.id });
      }
      const card = undoAskCard(found.record, newFormId(entropy), frozen);
      return { audience: 'operator', card };
    },
  };
}

/** What a card has put behind the command to go on with a file; nobody types it. */
function isUploadId(text: string): boolean {
  return /^[0-9a-f]{24}$/.test(text);
}

function isOf({ customerId, dryRun }: ImportRecord, id: string): boolean {
  return customerId === id || dryRun.customers.some((one) => one.customerId === id);
}

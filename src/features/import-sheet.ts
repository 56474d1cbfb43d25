import type { Entropy } from '../domain/entropy';
import { newFormId } from '../domain/hand-over';
import { isAllowed } from '../domain/permission';
import { word } from '../ports/card';
import type { ImportRecord, Imports, IssueOutcome } from '../ports/imports';
import type { CustomerRequest, Denied, Reply } from './feature';
import { deniedFor, gone } from './import-denied';
import { issueAskCard, type SheetFrozen } from './import-issue-cards';
import type { Known, ShowImport } from './import-show';

interface Deps {
  readonly imports: Pick<Imports, 'foreseeIssue' | 'issue'>;
  readonly show: ShowImport;
  readonly entropy: Entropy;
}

/** Asks before new passwords are made for the users of an import, then has them made and put on a new sheet. */
export function createImportSheet({ imports, show, entropy }: Deps) {
  const ask = async (
    request: CustomerRequest<SheetFrozen>,
    record: ImportRecord,
  ): Promise<Reply | Denied> => {
    const { frozen, now, operator, customer } = request;
    if (!isAllowed(operator.partnerRole, 'reset_password'))
      return deniedFor(request, { action: 'reset_password', customerId: customer.id });
    const foreseen = await imports.foreseeIssue(request, record.id, frozen.scope);
    if (foreseen.issue === 0) return nobody(record, now, frozen);
    const card = issueAskCard(record, foreseen, { ...frozen, form: newFormId(entropy) });
    return { audience: 'operator', card, ...(frozen.below ? { place: 'below' } : {}) };
  };

  const nobody = (record: ImportRecord, now: Date, known: Known): Promise<Reply> =>
    show.now(record, now, { ...known, notice: [word('import-result.nobodyLeft')] });

  const answer = async (request: CustomerRequest, outcome: IssueOutcome): Promise<Reply | Denied> => {
    const { now } = request;
    switch (outcome.kind) {
      case 'issuing':
        return show.now(outcome.record, now);
      case 'overtaken':
        return show.now(outcome.record, now, { notice: [word('import-result.overtaken')] });
      case 'nobody':
        return nobody(outcome.record, now, {});
      case 'not-allowed':
        return deniedFor(request, outcome);
      case 'gone':
        return gone(request);
    }
  };

  return async (request: CustomerRequest<SheetFrozen>, record: ImportRecord): Promise<Reply | Denied> => {
    const { importId, scope, seen = '', form } = request.frozen;
    if (form === undefined) return ask(request, record);
    const wanted = { scope, seen: seen === '' ? null : seen };
    return answer(request, await imports.issue(request, importId, wanted, form));
  };
}

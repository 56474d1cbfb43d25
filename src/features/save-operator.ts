import { namesForReading, type Fault } from '../domain/fault';
import { effectId } from '../domain/hand-over';
import { isWithin, managingRoles, readGrant, readWho, type Grant } from '../domain/operator';
import { word, type Word } from '../ports/card';
import type { Directory } from '../ports/directory';
import type { Operator, Operators } from '../ports/operators';
import type { Outcome, Request } from './feature';
import { isListed, operatorNotYours, type MeantOperator } from './meant-operator';
import { operatorEffect } from './operator-effect';
import { beyondForm, type DrawOperatorForm } from './operator-form';
import type { OperatorSaved } from './operator-saved';
import { findCustomers, type OperatorsView } from './operator-view';

interface Frozen {
  readonly form: string;
  /** Both of a form that changes somebody. */
  readonly operator?: string | undefined;
  readonly seen?: string | undefined;
}

interface Deps {
  readonly operators: Pick<Operators, 'save'>;
  readonly directory: Pick<Directory, 'searchCustomers'>;
  readonly draw: DrawOperatorForm;
  readonly view: OperatorsView;
  readonly meant: MeantOperator;
  readonly saved: OperatorSaved;
  /** Whether `web:<name>` can be an operator. */
  readonly demo: boolean;
}

/** Adds an operator, or changes what one may do. */
export function createSaveOperator({ operators, directory, draw, view, meant, saved, demo }: Deps) {
  /** Customers that are not there any more. */
  const unknownCustomers = async (customers: Operator['customers']): Promise<Fault[]> => {
    if (customers === 'all') return [];
    const found = await findCustomers(directory, customers);
    const unknown = customers.filter((id) => !found.some((one) => one.id === id));
    if (unknown.length === 0) return [];
    return [{ field: 'customers', reason: 'unknown-customer', names: namesForReading(unknown) }];
  };

  /** The form over the operator as it is by now; what was typed stays. */
  const changedMeanwhile = async (request: Request<Frozen>, id: string): Promise<Outcome> => {
    const { operator: reader, values, frozen } = request;
    const now = await meant(request, id);
    if (!isListed(now)) return now;
    const [shown] = await view([now], reader);
    const notice = word('operator-form.changedMeanwhile', {
      role: word(`roles.${now.partnerRole}`),
      customers: shown?.['customers'] as Word | string,
    });
    return draw(reader, { form: frozen.form, changes: now, values, notice });
  };

  return async (request: Request<Frozen>): Promise<Outcome> => {
    const { values, operator: reader } = request;
    const { form: formId, operator: frozenId, seen = null } = request.frozen;
    const changes = frozenId === undefined ? null : await meant(request, frozenId);
    if (changes && !isListed(changes)) return changes;

    const who = changes ? { id: changes.id, faults: [] } : readWho(values, demo);
    const { grant, faults } = readGrant(values);
    if (grant && !isWithin(grant.customers, reader.customers)) return operatorNotYours(who.id);
    const all = [...who.faults, ...faults, ...(grant ? await unknownCustomers(grant.customers) : [])];
    if (!grant || all.length > 0) return draw(reader, { form: formId, changes, values, faults: all });

    const draft: Operator = { id: who.id, ...withBeyond(grant, changes) };
    const what = changes ? 'changed' : 'added';
    const outcome = await operators.save(draft, seen, {
      id: effectId(formId),
      of: (before) => operatorEffect(request, { id: draft.id, what, before, after: draft }),
    });
    switch (outcome.kind) {
      case 'saved': {
        const { result } = operatorEffect(request, { id: draft.id, what, before: null, after: draft });
        return saved(reader, result);
      }
      case 'repeated':
        return saved(reader, outcome.result);
      case 'last-admin':
        return draw(reader, { form: formId, changes, values, faults: [lastAdmin(draft)] });
      case 'changed-meanwhile': {
        if (changes) return changedMeanwhile(request, changes.id);
        const field = values['operator'] ? 'operator' : 'person';
        return draw(reader, {
          form: formId,
          changes,
          values,
          faults: [{ field, reason: 'already-operator' }],
        });
      }
    }
  };
}

/** Customers for which the form has no room stay. */
function withBeyond(grant: Grant, changes: Operator | null): Grant {
  const { customers } = grant;
  if (customers === 'all' || !changes) return grant;
  return { ...grant, customers: [...new Set([...customers, ...beyondForm(changes)])] };
}

function lastAdmin({ partnerRole }: Operator): Fault {
  return { field: managingRoles.includes(partnerRole) ? 'customers' : 'partnerRole', reason: 'last-admin' };
}

import type { Entropy } from '../domain/entropy';
import { effectId, newFormId } from '../domain/hand-over';
import { operatorFingerprint } from '../domain/operator';
import { word } from '../ports/card';
import type { ListedOperator, Operators } from '../ports/operators';
import type { Denied, Outcome, Reply, Request } from './feature';
import { isListed, operatorGone, operatorNotYours, type MeantOperator } from './meant-operator';
import { operatorEffect } from './operator-effect';
import type { OperatorSaved } from './operator-saved';
import type { OperatorsView } from './operator-view';

interface Deps {
  readonly operators: Pick<Operators, 'everybodyMay' | 'remove'>;
  readonly view: OperatorsView;
  readonly meant: MeantOperator;
  readonly saved: OperatorSaved;
  readonly entropy: Entropy;
}

/** Takes the record of an operator away, after a question that says what is left to them. */
export function createRemoveOperator({ operators, view, meant, saved, entropy }: Deps) {
  const ask = async (
    { operator: reader }: Request,
    listed: ListedOperator,
    refused: 'configured' | 'last-admin' | null = null,
  ): Promise<Reply> => {
    const [shown] = await view([listed], reader);
    const reason = refused ?? (listed.stored ? null : 'configured');
    const data = {
      ...shown,
      self: listed.id === reader.id && !reason ? [{}] : [],
      consequence: word(`operator-remove.${reason ?? fallbackOf(listed)}`),
      remove: reason ? [] : [{ frozen: { operator: listed.id, form: newFormId(entropy) } }],
    };
    return { audience: 'operator', card: { name: 'operator-remove', data } };
  };

  /** What is left to somebody whose record is removed. */
  const fallbackOf = ({ configured }: ListedOperator): 'nothing' | 'named' | 'everybody' => {
    if (configured) return 'named';
    return operators.everybodyMay ? 'everybody' : 'nothing';
  };

  /** Removing a record can give more than it takes: only somebody with all customers may give that. */
  const removable = async (request: Request, id: string): Promise<ListedOperator | Reply | Denied> => {
    const listed = await meant(request, id);
    if (!isListed(listed) || fallbackOf(listed) === 'nothing') return listed;
    return request.operator.customers === 'all' ? listed : operatorNotYours(id);
  };

  return {
    async ask(request: Request, id: string): Promise<Outcome> {
      const listed = await removable(request, id);
      return isListed(listed) ? ask(request, listed) : listed;
    },

    async remove(request: Request<{ readonly operator: string; readonly form: string }>): Promise<Outcome> {
      const { operator: id, form: formId } = request.frozen;
      const found = await removable(request, id);
      if ('denied' in found) return found;
      const before = isListed(found) ? found : null;
      const outcome = await operators.remove(id, before && operatorFingerprint(before), {
        id: effectId(formId),
        of: (happened) => operatorEffect(request, { id, what: 'removed', ...happened }),
      });
      switch (outcome.kind) {
        case 'removed':
          return saved(
            request.operator,
            operatorEffect(request, { id, what: 'removed', before, after: null }).result,
          );
        case 'repeated':
          return saved(request.operator, outcome.result);
        case 'missing':
          return operatorGone;
        case 'configured':
        case 'last-admin':
          return before ? ask(request, before, outcome.kind) : operatorGone;
        case 'changed-meanwhile': {
          const now = await removable(request, id);
          return isListed(now) ? ask(request, now) : now;
        }
      }
    },
  };
}

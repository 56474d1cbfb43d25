import { isWithin } from '../domain/operator';
import type { ListedOperator, Operators } from '../ports/operators';
import type { Denied, Reply, Request } from './feature';

/** The one whom a card means, or what to answer instead. */
export type MeantOperator = (request: Request, id: string) => Promise<ListedOperator | Reply | Denied>;

export function createMeantOperator(operators: Pick<Operators, 'findListed'>): MeantOperator {
  return async ({ operator: reader }, id) => {
    const listed = await operators.findListed(id);
    if (!listed) return operatorGone;
    return isWithin(listed.customers, reader.customers) ? listed : operatorNotYours(id);
  };
}

export const operatorGone: Reply = { audience: 'operator', card: { name: 'operator-gone', data: {} } };

export function isListed(found: ListedOperator | Reply | Denied): found is ListedOperator {
  return 'partnerRole' in found;
}

export function operatorNotYours(target: string): Denied {
  const notice = { name: 'operator-not-yours', data: {} };
  return { denied: { action: 'manage_operators', customerId: null, target, roles: null, notice } };
}

import { partnerRoles } from '../domain/permission';
import { word } from '../ports/card';
import type { Operator } from '../ports/operators';
import type { Reply } from './feature';
import type { OperatorsView } from './operator-view';

/** What a change of an operator is answered with, at first and when it is sent again. */
export type OperatorSaved = (reader: Operator, result: Readonly<Record<string, string>>) => Promise<Reply>;

export function createOperatorSaved(view: OperatorsView): OperatorSaved {
  return async (reader, result) => {
    const { operator: id = '', what = 'changed', partnerRole, customers = '' } = result;
    const operator = {
      id,
      partnerRole: partnerRoles.find((role) => role === partnerRole) ?? 'billing_admin',
      customers: customers === 'all' ? customers : customers.split(',').filter((one) => one !== ''),
    } as const;
    const [shown] = await view([operator], reader);
    const [title, next] = [word(`operator-saved.${what}`), word(`operator-saved.${what}Next`)];
    const data = { ...shown, title, next, add: { step: 'add' } };
    return { audience: 'operator', card: { name: 'operator-saved', data } };
  };
}

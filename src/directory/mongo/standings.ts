import type { PipelineStage } from 'mongoose';
import type { AskedFor, Standings } from '../../ports/standings';
import { answered } from '../../storage/away';
import { choiceId } from '../../storage/conversations';
import type { OperatorOf } from '../../storage/operators';
import type { Records } from '../../storage/records';
import { toCustomer } from './customers';

interface Deps {
  readonly records: Pick<Records, 'operators'>;
  readonly operatorOf: OperatorOf;
}

type Row =
  | { readonly operator: NonNullable<Parameters<OperatorOf>[1]> }
  | { readonly customer: Parameters<typeof toCustomer>[0] };

export function createMongoStandings({ records, operatorOf }: Deps): Standings {
  return {
    find: (operatorId, askedFor) =>
      answered('read', async () => {
        const rows = await records.operators.aggregate<Row>([
          { $match: { operator: operatorId } },
          { $project: { _id: 0, operator: '$$ROOT' } },
          ...(askedFor ? [{ $unionWith: customerAskedFor(operatorId, askedFor) }] : []),
        ]);
        const stored = rows.find((row) => 'operator' in row)?.operator ?? null;
        const customer = rows.find((row) => 'customer' in row)?.customer;
        return { operator: operatorOf(operatorId, stored), customer: customer ? toCustomer(customer) : null };
      }),
  };
}

/** What of a customer is not asked for is large: its search words. */
const customer = { _id: 1, name: 1, defaultDomain: 1, domains: 1 } as const;

function customerAskedFor(operatorId: string, askedFor: AskedFor): PipelineStage.UnionWith['$unionWith'] {
  if ('customerId' in askedFor) {
    const { customerId } = askedFor;
    const found = { $project: { _id: 0, customer: '$$ROOT' } };
    return { coll: 'customers', pipeline: [{ $match: { _id: customerId } }, { $project: customer }, found] };
  }
  const { pickedIn, since } = askedFor;
  const own = { _id: choiceId(operatorId, pickedIn), at: { $gt: since } };
  const joined = { from: 'customers', localField: 'customerId', foreignField: '_id', as: 'customer' };
  const found = { $project: { _id: 0, customer } };
  return {
    coll: 'choices',
    pipeline: [{ $match: own }, { $lookup: joined }, { $unwind: '$customer' }, found],
  };
}

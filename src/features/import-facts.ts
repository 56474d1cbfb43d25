import type { Customer } from '../domain/customer';
import type { SeatLedger } from '../domain/import-seats';
import { tidyText } from '../domain/text';
import type { Directory } from '../ports/directory';
import type { ImportAccounts } from '../ports/import-store';
import type { Operator } from '../ports/operators';
import type { Row } from '../ports/tables';
import { isInScope } from './picked-customer';

/** A customer as the rows of its users need to know it. */
export interface CustomerFacts {
  readonly customer: Customer;
  readonly domains: readonly string[];
  readonly skuPartNumbers: readonly string[];
}

interface Deps {
  readonly directory: Pick<Directory, 'listSubscriptions'>;
  readonly accounts: Pick<ImportAccounts, 'customersOfDomains'>;
  readonly ledger: SeatLedger;
  readonly operator: Operator;
  /** For rows that name none. */
  readonly customer: Customer | null;
}

const longestDomain = 253;

/** Whose users the rows of one file are; each customer is looked up once. */
export function createCustomersOfRows({ directory, accounts, ledger, operator, customer }: Deps) {
  const byId = new Map<string, CustomerFacts>();
  // Only of those that are there: a file may name any number of others.
  const byDomain = new Map<string, CustomerFacts>();

  const learn = async (found: Customer): Promise<CustomerFacts> => {
    const known = byId.get(found.id);
    if (known) return known;
    const subscriptions = await directory.listSubscriptions(found.id);
    ledger.open(found.id, subscriptions);
    const skuPartNumbers = subscriptions.map((one) => one.skuPartNumber);
    const facts = { customer: found, domains: found.domains, skuPartNumbers };
    byId.set(found.id, facts);
    return facts;
  };

  const namedIn = ({ cells }: Row): string => tidyText(cells.customer).toLowerCase();

  return {
    /** Looks up what these rows name. */
    async prepare(rows: readonly Row[]): Promise<void> {
      if (customer && rows.some((row) => namedIn(row) === '')) await learn(customer);
      const unknown = new Set(rows.map(namedIn).filter((name) => canBeDomain(name) && !byDomain.has(name)));
      if (unknown.size === 0) return;
      const found = await accounts.customersOfDomains([...unknown]);
      for (const name of unknown) {
        const owner = found.find(({ domains }) => domains.includes(name));
        if (owner && isInScope(operator, owner.id)) byDomain.set(name, await learn(owner));
      }
    },

    /** Null where the row names nobody's domain, or that of a customer the operator has nothing to do with. */
    of(row: Row): CustomerFacts | 'none-named' | null {
      const name = namedIn(row);
      if (name !== '') return byDomain.get(name) ?? null;
      return (customer && byId.get(customer.id)) ?? 'none-named';
    },

    /** Those that were named. */
    all: (): readonly Customer[] => [...byId.values()].map((facts) => facts.customer),
  };
}

function canBeDomain(name: string): boolean {
  return name !== '' && name.length <= longestDomain;
}

export type CustomersOfRows = ReturnType<typeof createCustomersOfRows>;

import { partnerRoles } from '../domain/permission';
import type { Operator, Operators } from '../ports/operators';
import { answered } from './away';
import type { Records } from './records';

/**
 * Operators of the `operators` collection; beyond them those for whom `isAdminAgent` holds, as the
 * configuration says. A stored record counts before the configuration.
 */
export function createMongoOperators(
  { operators }: Pick<Records, 'operators'>,
  isAdminAgent: (id: string) => boolean,
): Operators {
  return {
    find: (id) =>
      answered('read', async () => {
        const stored = await operators.findOne({ operator: id }).lean();
        if (stored) return toOperator(stored);
        return isAdminAgent(id) ? { id, partnerRole: 'admin_agent', customers: 'all' } : null;
      }),
  };
}

/** Null for a record that nobody should have written: it grants nothing. */
function toOperator(stored: { operator: string; partnerRole: string; customers: unknown }): Operator | null {
  const partnerRole = partnerRoles.find((role) => role === stored.partnerRole);
  const customers = stored.customers === 'all' || isIds(stored.customers) ? stored.customers : null;
  return partnerRole && customers ? { id: stored.operator, partnerRole, customers } : null;
}

function isIds(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((id) => typeof id === 'string');
}

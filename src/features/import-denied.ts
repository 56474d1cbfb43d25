import { isAllowed, rolesAllowed, type PartnerAction } from '../domain/permission';
import type { Card } from '../ports/card';
import type { ImportRecord } from '../ports/imports';
import type { CustomerRequest, Denied, Reply, Request } from './feature';
import { rightFor } from './import-check';
import { isInScope } from './picked-customer';

/** Who may not import such a file is not shown how others import it. */
export function deniedRight(request: CustomerRequest, { content }: ImportRecord): Denied | null {
  const action = rightFor(content);
  if (isAllowed(request.operator.partnerRole, action)) return null;
  return deniedFor(request, { action, customerId: request.customer.id });
}

/** Every customer of a file must be the operator's. */
export function deniedScope(request: Pick<Request, 'operator'>, { dryRun }: ImportRecord): Denied | null {
  const foreign = dryRun.customers.find(({ customerId }) => !isInScope(request.operator, customerId));
  return foreign ? deniedFor(request, { action: 'bulk_create', customerId: foreign.customerId }) : null;
}

/** Where the role has the right, it is the customer that is not the operator's. */
export function deniedFor(
  { operator }: Pick<Request, 'operator'>,
  { action, customerId }: { readonly action: PartnerAction; readonly customerId: string | null },
): Denied {
  const denied = { action, customerId, target: '', roles: rolesAllowed(action) };
  const isAboutCustomer = isAllowed(operator.partnerRole, action);
  return {
    denied: isAboutCustomer ? { ...denied, notice: { name: 'customer-not-yours', data: {} } } : denied,
  };
}

/** There is no such import of this customer, or its rows are kept no longer. */
export function gone({ customer }: CustomerRequest): Reply {
  return { audience: 'operator', card: goneCard(customer.id) };
}

export function goneCard(customerId: string): Card {
  return { name: 'import-gone', data: { open: { customerId } } };
}

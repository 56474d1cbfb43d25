import type { PartnerAction } from '../domain/permission';
import { parseIds, withPage } from '../domain/ticked';
import type { DeletedUser } from '../domain/user';
import type { Directory } from '../ports/directory';
import { foreignDenied, type ChosenFrozen } from './chosen-users';
import type { CustomerRequest, Denied } from './feature';
import { guarded } from './guarded';

/** The ids that a card has frozen, with what is ticked on it now; without a page, all that arrive count. */
export function tickedIds({ frozen, values }: CustomerRequest<ChosenFrozen | undefined>): readonly string[] {
  const before = parseIds(frozen?.userIds);
  const here = parseIds(values.userIds);
  return withPage(before, frozen?.page === undefined ? [] : parseIds(frozen.page), here);
}

/**
 * Those of these users that are deleted. Refused where one belongs to another customer, or has a role that is above
 * the operator's reach.
 */
export async function findDeleted(
  request: CustomerRequest,
  action: PartnerAction,
  userIds: readonly string[],
  { directory }: { readonly directory: Pick<Directory, 'findDeletedUsers' | 'foreignUsers'> },
): Promise<readonly DeletedUser[] | Denied> {
  const [users, denied] = await Promise.all([
    directory.findDeletedUsers(request.customer.id, userIds),
    foreignDenied(request, { action, ids: userIds }, directory),
  ]);
  return denied ?? guarded(request, action, users) ?? users;
}

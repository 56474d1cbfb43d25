import { z } from 'zod';
import { isAllowed } from '../domain/permission';
import { mostTicked } from '../domain/ticked';
import type { DeletedUser } from '../domain/user';
import type { Directory } from '../ports/directory';
import type { People } from '../ports/people';
import { foreignDenied } from './chosen-users';
import { deadlinePicture, type PictureDeps } from './deadline-picture';
import { tickedIds } from './deleted-choice';
import { deletedUsersData } from './deleted-user-view';
import type { CustomerRequest, Denied, Reply } from './feature';

export const deletedUsersFrozen = {
  /** `text`, `after`, `before`: where on the list; without a text, it is what is typed. The rest as in `ChosenFrozen`. */
  page: z.strictObject({
    customerId: z.string().optional(),
    text: z.string().optional(),
    after: z.string().optional(),
    before: z.string().optional(),
    userIds: z.string().optional(),
    page: z.string().optional(),
  }),
};
type Frozen = z.infer<typeof deletedUsersFrozen.page>;

const pageSize = 8;
/** Characters; longer than any user principal name. */
const longestSearch = 128;

interface Deps extends PictureDeps {
  readonly directory: Pick<
    Directory,
    'searchDeletedUsers' | 'findDeletedUsers' | 'foreignUsers' | 'countDeadlines'
  >;
  readonly people: Pick<People, 'names'>;
}

/** `/deleted-users`: who can still be restored, the most urgent first, to be ticked and restored. */
export function createDeletedUsers({ directory, people, ...deps }: Deps) {
  const stillTicked = async (
    { customer }: CustomerRequest,
    ids: readonly string[],
  ): Promise<readonly DeletedUser[]> =>
    ids.length > 0 ? directory.findDeletedUsers(customer.id, ids.slice(0, mostTicked)) : [];

  return {
    async page(request: CustomerRequest<Frozen | undefined>): Promise<Reply | Denied> {
      const { customer, frozen = {}, values, now, operator } = request;
      const ticked = tickedIds(request);
      const denied = await foreignDenied(request, { action: 'list_deleted', ids: ticked }, directory);
      if (denied) return denied;

      const text = (frozen.text ?? values.text ?? request.text).slice(0, longestSearch);
      const { after, before } = frozen;
      const query = { customerId: customer.id, text, now, after, before, limit: pageSize };
      const [page, chosen] = await Promise.all([
        directory.searchDeletedUsers(query),
        stillTicked(request, ticked),
      ]);
      const [names, picture] = await Promise.all([
        people.names([...new Set(page.items.map(({ deletedBy }) => deletedBy))]),
        page.items.length > 0 ? deadlinePicture(request, page.items, { directory, ...deps }) : [],
      ]);
      const mayRestore = isAllowed(operator.partnerRole, 'restore_user');
      const tooMany = ticked.length > mostTicked;
      const data = deletedUsersData(request, { page, text, names, picture, chosen, mayRestore, tooMany });
      return { audience: 'operator', card: { name: 'deleted-users', data } };
    },
  };
}

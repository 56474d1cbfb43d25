import { z } from 'zod';
import { parseIds, withPage } from '../domain/ticked';
import { userFilters, type UserFilter } from '../domain/user';
import type { AuditTrail } from '../ports/audit';
import type { Directory } from '../ports/directory';
import type { People } from '../ports/people';
import { chosenIds, createChosenUsers, foreignDenied, isChosen } from './chosen-users';
import type { CustomerRequest, Denied, Reply } from './feature';
import { userCard } from './user-card';
import { createUsersList, readFilter, type ListPlace } from './users-list';

const filter = z.enum(userFilters).optional();
const text = z.string().optional();
const search = { customerId: z.string(), text, filter };
/** As in `ChosenFrozen`; `page` stands on a list on which users are being ticked. */
const chosen = { userIds: z.string().optional(), page: z.string().optional() };
const place = z.strictObject({
  ...search,
  ...chosen,
  after: z.string().optional(),
  before: z.string().optional(),
});

export const usersFrozen = {
  search: z.strictObject({ ...search, ...chosen }),
  page: place,
  select: place,
  /** `text` and `filter` lead back to the list it was opened from. */
  view: z.strictObject({ ...search, userIds: z.string().optional() }),
};
type Frozen = { readonly [Step in keyof typeof usersFrozen]: z.infer<(typeof usersFrozen)[Step]> };

/** How many of the latest actions on a user are shown. */
const mostActions = 5;

interface Deps {
  readonly directory: Pick<Directory, 'findUsers' | 'findUsersByUpn' | 'searchUsers' | 'foreignUsers'>;
  readonly trail: Pick<AuditTrail, 'ofUser'>;
  readonly people: Pick<People, 'names'>;
  /** The filter that a typed word names, in whatever language, or null. */
  readonly filterNamed: (word: string) => UserFilter | null;
}

/** Finding users: the list with its search, ticking several, and the card of one. */
export function createUsers({ directory, trail, people, filterNamed }: Deps) {
  const list = createUsersList(directory);
  const chosenUsers = createChosenUsers({ directory });

  /** The list, with what is ticked on it by now. */
  const draw = async (
    request: CustomerRequest<Partial<Frozen['page']> | undefined>,
    at: ListPlace,
    ticked: readonly string[] | null,
  ): Promise<Reply | Denied> => {
    const offered = parseIds(request.frozen?.page);
    const added = ticked?.filter((id) => !offered.includes(id)) ?? [];
    const denied = await foreignDenied(request, { action: 'list_users', ids: added }, directory);
    return denied ?? list(request, at, ticked && { ticked });
  };

  return {
    /** Lists the users, or those with a word of their name or UPN that starts as the text does. */
    search(request: CustomerRequest<Frozen['search'] | undefined>): Promise<Reply | Denied> {
      const { frozen, values } = request;
      const sought = 'text' in values || 'filter' in values;
      const typed = typedSearch(request.text, filterNamed);
      const at: ListPlace = {
        text: values.text ?? (sought ? '' : (frozen?.text ?? typed.text)),
        filter: sought ? readFilter(values.filter) : (frozen?.filter ?? typed.filter),
      };
      return draw(request, at, frozen?.page === undefined ? null : chosenIds(request));
    },

    /** Another page; what is ticked stays ticked. */
    page(request: CustomerRequest<Frozen['page']>): Promise<Reply | Denied> {
      return draw(
        request,
        placeOf(request.frozen),
        request.frozen.page === undefined ? null : chosenIds(request),
      );
    },

    /** The same page with a tick for each user. */
    select(request: CustomerRequest<Frozen['select']>): Promise<Reply | Denied> {
      const { userIds, page } = request.frozen;
      const ticked = withPage(parseIds(userIds), parseIds(page), parseIds(request.values.userIds));
      return draw(request, placeOf(request.frozen), ticked);
    },

    /** One user, with what was last done to it and everything that the operator may do. */
    async view(request: CustomerRequest<Frozen['view'] | undefined>): Promise<Reply | Denied> {
      const chosen = await chosenUsers(request, { verb: 'users.view', action: 'view_user', one: true });
      if (!isChosen(chosen)) return chosen;
      const [user] = chosen.users;
      if (!user) throw new Error('Nobody is chosen.');
      const entries = await trail.ofUser(request.customer.id, user.id, mostActions);
      const names = await people.names([...new Set(entries.map(({ operator }) => operator))]);
      const { text, filter } = request.frozen ?? {};
      const card = userCard(request, {
        user,
        entries,
        names,
        from: { text: text ?? '', filter: filter ?? null },
      });
      return { audience: 'operator', card };
    },
  };
}

function placeOf({ text, filter, after, before }: Frozen['page']): ListPlace {
  return { text: text ?? '', filter: filter ?? null, after, before };
}

/** `/users durand blocked`: a last word that names a filter is one. */
function typedSearch(typed: string, filterNamed: Deps['filterNamed']): Pick<ListPlace, 'text' | 'filter'> {
  const words = typed.split(/\s+/);
  const filter = filterNamed(words.at(-1) ?? '');
  return { text: filter ? words.slice(0, -1).join(' ') : typed, filter };
}

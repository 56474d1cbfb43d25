import { namesForReading } from '../domain/fault';
import { isRestorable } from '../domain/retention';
import { mostTicked } from '../domain/ticked';
import { upnKey } from '../domain/upn';
import type { DeletedUser } from '../domain/user';
import { word } from '../ports/card';
import type { Directory } from '../ports/directory';
import { customerOf } from './customer-view';
import type { CustomerRequest, Reply } from './feature';
import { shortened } from './shorten';

const mostMatches = 8;
const longestSearch = 128;

interface Deps {
  readonly directory: Pick<Directory, 'findDeletedByUpn' | 'searchDeletedUsers'>;
}

/** Finds the deleted users whose former names were typed; in doubt offers those it may be, with their dates. */
export function createDeletedMatches({ directory }: Deps) {
  const withName = async ({ customer, now }: CustomerRequest, name: string) =>
    (await directory.findDeletedByUpn(customer.id, name)).filter((user) => isRestorable(user, now));

  const search = async ({ customer, now, text }: CustomerRequest): Promise<Offer> => {
    const sought = text.slice(0, longestSearch);
    const page = await directory.searchDeletedUsers({
      customerId: customer.id,
      text: sought,
      now,
      limit: mostMatches,
    });
    return { users: page.items, more: page.next !== null };
  };

  return async (request: CustomerRequest): Promise<{ readonly userIds: readonly string[] } | Reply> => {
    const typed = request.text.split(/[\s,;]+/).filter((name) => name !== '');
    const names = [...new Map(typed.map((name) => [upnKey(name), name])).values()].slice(0, mostTicked);
    const found = await Promise.all(names.map((name) => withName(request, name)));
    const meant = found.flatMap(([first, ...others]) => (first && others.length === 0 ? [first.id] : []));
    if (meant.length > 0 && meant.length === names.length) return { userIds: meant };
    const several = found.flat();
    if (several.length === 0) return offer(request, await search(request));
    return offer(request, { users: several.slice(0, mostMatches), more: several.length > mostMatches });
  };
}

interface Offer {
  readonly users: readonly DeletedUser[];
  readonly more: boolean;
}

function offer({ customer, text }: CustomerRequest, { users, more }: Offer): Reply {
  const about = users.length === 0 ? 'none' : text === '' ? 'first' : 'some';
  const data = {
    ...customerOf(customer),
    title: word(`deleted-matches.title.${about}`),
    about: word(`deleted-matches.about.${about}`),
    sought:
      users.length === 0
        ? namesForReading([text])
            .filter(Boolean)
            .map((name) => ({ name }))
        : [],
    users: users.map(({ id, displayName, userPrincipalName, deletedAt, restoreBy }) => ({
      displayName: shortened(displayName, 100),
      userPrincipalName,
      dates: word('deleted-matches.dates', { deletedAt, restoreBy }),
      frozen: { customerId: customer.id, userIds: id },
    })),
    more: more ? [{ text: word('deleted-matches.more') }] : [],
    list: { customerId: customer.id },
  };
  return { audience: 'operator', card: { name: 'deleted-matches', data } };
}

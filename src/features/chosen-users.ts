import { namesForReading } from '../domain/fault';
import type { PartnerAction } from '../domain/permission';
import { mostTicked, parseIds, withPage } from '../domain/ticked';
import { upnKey } from '../domain/upn';
import type { ActiveUser } from '../domain/user';
import { word, type Word } from '../ports/card';
import type { Directory } from '../ports/directory';
import { customerOf } from './customer-view';
import type { CustomerRequest, Denied, Reply } from './feature';
import { userGone } from './user-gone';
import { createUsersList, longestSearch, readFilter, searchOf, type Ticking } from './users-list';

/** What a button freezes to say which users are meant: ids, comma-joined. */
export interface ChosenFrozen {
  readonly userIds?: string | undefined;
  /** The users that the card offers for ticking: what is ticked among them arrives as the input `userIds`. */
  readonly page?: string | undefined;
}

export interface Purpose {
  /** The step that goes on with a user that is picked among several matches. */
  readonly verb: string;
  readonly action: PartnerAction;
  /** The step takes one user only: where several were typed, one of them is to be picked. */
  readonly one?: true;
}

interface Deps {
  readonly directory: Pick<Directory, 'findUsers' | 'findUsersByUpn' | 'searchUsers' | 'foreignUsers'>;
}

const mostMatches = 8;

/** The users that are meant, or the answer to give instead. */
export type Chosen = { readonly users: readonly ActiveUser[] } | Reply | Denied;

export function isChosen(chosen: Chosen): chosen is { readonly users: readonly ActiveUser[] } {
  return 'users' in chosen;
}

/**
 * The ids that a card has frozen, with what is ticked on it now. A card on which users are ticked sends its filter with
 * every press: one that sends nothing at all has not been ticked on, and is as it was drawn.
 */
export function chosenIds({ frozen, values }: CustomerRequest<ChosenFrozen | undefined>): readonly string[] {
  const ticked = parseIds(frozen?.userIds);
  if (frozen?.page === undefined || Object.keys(values).length === 0) return ticked;
  return withPage(ticked, parseIds(frozen.page), parseIds(values.userIds));
}

/** The refusal where one of these ids is of another customer, which no card of this one offers. */
export async function foreignDenied(
  { customer }: CustomerRequest,
  { action, ids }: { action: PartnerAction; ids: readonly string[] },
  directory: Pick<Directory, 'foreignUsers'>,
): Promise<Denied | null> {
  const [target] = ids.length > 0 ? await directory.foreignUsers(customer.id, ids) : [];
  return target === undefined ? null : { denied: { action, customerId: customer.id, target, roles: null } };
}

/** Finds who is meant: the users a card froze or has ticked, or those whose UPNs were typed. */
export function createChosenUsers({ directory }: Deps) {
  const list = createUsersList(directory);

  /** The list again, as it was sought, with a hint. */
  const tickAgain = (request: CustomerRequest, ticking: Ticking): Promise<Reply> => {
    const { text = '', filter } = request.values;
    return list(request, { text, filter: readFilter(filter) }, ticking);
  };

  const byId = async (
    request: CustomerRequest,
    ids: readonly string[],
    action: PartnerAction,
  ): Promise<Chosen> => {
    const { customer } = request;
    const [users, denied] = await Promise.all([
      directory.findUsers(customer.id, ids),
      foreignDenied(request, { action, ids }, directory),
    ]);
    if (denied) return denied;
    return users.length === ids.length ? { users } : userGone(customer);
  };

  const typed = async (request: CustomerRequest, purpose: Purpose): Promise<Chosen> => {
    const { customer, text } = request;
    const names = [...new Map(text.split(/[\s,;]+/).map((name) => [upnKey(name), name])).values()].filter(
      (name) => name !== '',
    );
    if (names.length > mostTicked) return notFound(request, names, tooMany(names.length));
    const users = names.length > 0 ? await directory.findUsersByUpn(customer.id, names) : [];
    const found = new Set(users.map(({ userPrincipalName }) => upnKey(userPrincipalName)));
    const unknown = names.filter((name) => !found.has(upnKey(name)));
    if (names.length > 0 && unknown.length === 0) {
      const [, second] = users;
      return purpose.one && second ? offer(request, purpose, { items: users, more: false }) : { users };
    }
    const areUpns = names.length > 1 && names.some((name) => name.includes('@'));
    return areUpns ? notFound(request, unknown, unknownNames(unknown.length)) : matches(request, purpose);
  };

  /** Nobody is taken for somebody else: a part of a name only offers those who match. */
  const matches = async (request: CustomerRequest, purpose: Purpose): Promise<Reply> => {
    const page = await directory.searchUsers({
      customerId: request.customer.id,
      text: request.text.slice(0, longestSearch),
      filter: null,
      limit: mostMatches,
    });
    return offer(request, purpose, { items: page.items, more: page.next !== null });
  };

  return async (request: CustomerRequest<ChosenFrozen | undefined>, purpose: Purpose): Promise<Chosen> => {
    const ids = chosenIds(request);
    const ticking = request.frozen?.page !== undefined;
    if (ids.length === 0)
      return ticking ? tickAgain(request, { ticked: [], hint: 'nobody' }) : typed(request, purpose);
    if (ids.length <= mostTicked) return byId(request, ids, purpose.action);
    return ticking ? tickAgain(request, { ticked: ids }) : notFound(request, [], tooMany(ids.length));
  };
}

interface Offer {
  readonly items: readonly ActiveUser[];
  readonly more: boolean;
}

function offer({ customer, text }: CustomerRequest, { verb }: Purpose, { items, more }: Offer): Reply {
  const about = items.length === 0 ? 'none' : text === '' ? 'first' : 'some';
  const data = {
    ...customerOf(customer),
    title: word(`matches.title.${about}`),
    about: [{ text: word(`matches.about.${text === '' && about === 'none' ? 'empty' : about}`) }],
    unknown: about === 'none' && text !== '' ? namesForReading([text]).map((name) => ({ name })) : [],
    matches: items.map(({ id, displayName, userPrincipalName }) => ({
      displayName,
      userPrincipalName,
      verb,
      frozen: { customerId: customer.id, userIds: id },
    })),
    more: more ? [{ text: word('matches.more') }] : [],
    list: { customerId: customer.id, ...searchOf({ text: items.length > 0 ? text : '', filter: null }) },
  };
  return { audience: 'operator', card: { name: 'matches', data } };
}

/** Several were meant, and not all of them can be: nothing is done for any. */
function notFound({ customer }: CustomerRequest, names: readonly string[], about: Word): Reply {
  const others = names.length - namesForReading(names).length;
  const data = {
    ...customerOf(customer),
    title: word('matches.title.notAll'),
    about: [{ text: about }],
    unknown: namesForReading(names).map((name) => ({ name })),
    matches: [],
    more: others > 0 ? [{ text: word('matches.others', { count: others }) }] : [],
    list: { customerId: customer.id },
  };
  return { audience: 'operator', card: { name: 'matches', data } };
}

function tooMany(count: number): Word {
  return word('matches.about.tooMany', { number: count, limit: mostTicked });
}

function unknownNames(count: number): Word {
  return word('matches.about.unknown', { count });
}

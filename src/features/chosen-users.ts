import type { PartnerAction } from '../domain/permission';
import { mostTicked, parseIds, withPage } from '../domain/ticked';
import type { ActiveUser } from '../domain/user';
import type { CardData } from '../ports/card';
import type { Directory } from '../ports/directory';
import { customerOf } from './customer-view';
import type { CustomerRequest, Denied, Reply } from './feature';
import { userGone } from './user-gone';

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

/** The ids that a card has frozen, with what is ticked on it now. */
export function chosenIds({ frozen, values }: CustomerRequest<ChosenFrozen | undefined>): readonly string[] {
  const ticked = parseIds(frozen?.userIds);
  if (frozen?.page === undefined) return ticked;
  return withPage(ticked, parseIds(frozen.page), parseIds(values.userIds));
}

/** Finds who is meant: the users a card froze or has ticked, or those whose UPNs were typed. */
export function createChosenUsers({ directory }: Deps) {
  const byId = async (
    request: CustomerRequest,
    ids: readonly string[],
    action: PartnerAction,
  ): Promise<Chosen> => {
    const { customer } = request;
    const [users, foreign] = await Promise.all([
      directory.findUsers(customer.id, ids),
      directory.foreignUsers(customer.id, ids),
    ]);
    const [target] = foreign;
    if (target !== undefined) return { denied: { action, customerId: customer.id, target, roles: null } };
    return users.length === ids.length ? { users } : userGone(customer);
  };

  const byUpn = async (request: CustomerRequest, purpose: Purpose): Promise<Chosen> => {
    const { customer, text } = request;
    const typed = [...new Set(text.split(/[\s,;]+/).filter((one) => one !== ''))];
    const users = await directory.findUsersByUpn(customer.id, typed.slice(0, mostTicked));
    if (users.length === typed.length && users.length > 0) return { users };
    const unknown = typed.filter(
      (one) => !users.some((user) => user.userPrincipalName.toLowerCase() === one.toLowerCase()),
    );
    return matches(request, purpose, unknown);
  };

  /** Nobody is taken for somebody else: a part of a name only offers those who match. */
  const matches = async (
    { customer, text }: CustomerRequest,
    { verb }: Purpose,
    unknown: readonly string[],
  ): Promise<Reply> => {
    const sought = unknown.length > 1 ? '' : text;
    const page = await directory.searchUsers({
      customerId: customer.id,
      text: sought,
      filter: null,
      limit: mostMatches,
    });
    const data: CardData = {
      ...customerOf(customer),
      unknown: unknown.map((name) => ({ name })),
      matches: page.items.map(({ id, displayName, userPrincipalName }) => ({
        displayName,
        userPrincipalName,
        verb,
        frozen: { customerId: customer.id, userIds: id },
      })),
      none: page.items.length === 0,
    };
    return { audience: 'operator', card: { name: 'matches', data } };
  };

  return (request: CustomerRequest<ChosenFrozen | undefined>, purpose: Purpose): Promise<Chosen> => {
    const ids = chosenIds(request);
    return ids.length > 0 ? byId(request, ids, purpose.action) : byUpn(request, purpose);
  };
}

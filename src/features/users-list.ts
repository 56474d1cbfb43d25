import { isAllowed, type PartnerAction } from '../domain/permission';
import { mostTicked } from '../domain/ticked';
import { userFilters, type ActiveUser, type UserFilter } from '../domain/user';
import { word, type CardData, type Word } from '../ports/card';
import type { Directory } from '../ports/directory';
import { mostCounted, type CountedPage } from '../ports/page';
import { choiceTitle } from './choices';
import { customerOf } from './customer-view';
import type { CustomerRequest, Reply } from './feature';
import { namesInBrief, shortened } from './shorten';

const pageSize = 8;
/** Characters; longer than any user principal name. */
export const longestSearch = 128;
/** Characters of a name where it is one among others. */
const longestName = 60;

/** A page of the list: what is sought, and the key that leads to the page. */
export interface ListPlace {
  readonly text: string;
  readonly filter: UserFilter | null;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** The list as it is while users are ticked on it. */
export interface Ticking {
  readonly ticked: readonly string[];
  readonly hint?: 'nobody' | 'tooMany';
}

interface Shown {
  readonly page: CountedPage<ActiveUser>;
  readonly at: ListPlace;
  /** Null while nobody is being ticked. */
  readonly ticking: { readonly users: readonly ActiveUser[]; readonly hint: Ticking['hint'] } | null;
}

type List = (request: CustomerRequest, at: ListPlace, ticking: Ticking | null) => Promise<Reply>;

/** The list of a customer's users. Who is ticked but not there any more is not ticked any more. */
export function createUsersList(directory: Pick<Directory, 'searchUsers' | 'findUsers'>): List {
  return async (request, at, ticking) => {
    const customerId = request.customer.id;
    const [page, users] = await Promise.all([
      directory.searchUsers({ customerId, ...at, text: at.text.slice(0, longestSearch), limit: pageSize }),
      ticking && ticking.ticked.length > 0
        ? directory.findUsers(customerId, ticking.ticked.slice(0, mostTicked))
        : [],
    ]);
    const tooMany = ticking && ticking.ticked.length > mostTicked ? 'tooMany' : undefined;
    const shown = { page, at, ticking: ticking && { users, hint: ticking.hint ?? tooMany } };
    return { audience: 'operator', card: { name: 'users', data: listData(request, shown) } };
  };
}

export function readFilter(typed: string | undefined): UserFilter | null {
  return userFilters.find((filter) => filter === typed) ?? null;
}

/** What a button freezes to come back to this search. */
export function searchOf({ text, filter }: Pick<ListPlace, 'text' | 'filter'>): CardData {
  return { ...(text === '' ? {} : { text: text.slice(0, longestSearch) }), ...(filter ? { filter } : {}) };
}

function listData(request: CustomerRequest, { page, at, ticking }: Shown): CardData {
  const { customer, operator } = request;
  const customerId = customer.id;
  const search = searchOf(at);
  const ids = page.items.map(({ id }) => id).join(',');
  const chosen = ticking ? { userIds: ticking.users.map(({ id }) => id).join(','), page: ids } : {};
  const frozen = { customerId, ...chosen };
  const may = (right: PartnerAction) => isAllowed(operator.partnerRole, right);
  const ifMay = (right: PartnerAction) => (ticking && may(right) ? [{ frozen }] : []);
  const maySelect = !ticking && page.items.length > 0 && acting.some(may);
  return {
    ...customerOf(customer),
    title: titleOf(page.found),
    text: at.text.slice(0, longestSearch),
    filter: at.filter ?? 'all',
    search: frozen,
    none: page.items.length > 0 ? [] : [{ text: word(at.text || at.filter ? 'users.none' : 'users.empty') }],
    users: ticking ? [] : page.items.map((user) => rowOf(user, search)),
    ticking: ticking ? [tickingData(page.items, ticking)] : [],
    previous: page.previous === null ? [] : [{ frozen: { ...frozen, ...search, before: page.previous } }],
    next: page.next === null ? [] : [{ frozen: { ...frozen, ...search, after: page.next } }],
    select: maySelect ? [{ frozen: { customerId, ...search, ...keyOf(at) } }] : [],
    addUser: may('create_user') && !ticking ? [{ frozen: { customerId } }] : [],
    licenses: ifMay('bulk_licence'),
    reset: ifMay('reset_password'),
    remove: ifMay('delete_user'),
    back: ticking ? [{ frozen: { customerId, ...search } }] : [],
  };
}

/** What can be done to several users at once. */
const acting: readonly PartnerAction[] = ['bulk_licence', 'reset_password', 'delete_user'];

function titleOf(found: number): Word {
  return found > mostCounted
    ? word('users.titleMore', { number: mostCounted })
    : word('users.title', { number: found });
}

function keyOf({ after, before }: ListPlace): CardData {
  return { ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) };
}

function rowOf(user: ActiveUser, search: CardData): CardData {
  const { id, customerId, displayName, userPrincipalName } = user;
  const states = statesOf(user);
  return {
    displayName,
    userPrincipalName,
    states: states.length > 0 ? [{ states: states.map(separated) }] : [],
    frozen: { customerId, userIds: id, ...search },
  };
}

function separated(state: State, place: number): CardData {
  return { ...state, before: place === 0 ? '' : ' · ' };
}

interface State {
  readonly text: Word;
  readonly color: string;
}

/** What an operator should see at once of a user; nothing for the usual one. */
function statesOf({ accountEnabled, licenses, roles }: ActiveUser): readonly State[] {
  return [
    ...(accountEnabled ? [] : [{ text: word('users.state.blocked'), color: 'Attention' }]),
    ...(licenses.length > 0 ? [] : [{ text: word('users.state.unlicensed'), color: 'Warning' }]),
    ...(roles.length > 0 ? [{ text: word('users.state.admin'), color: 'Accent' }] : []),
  ];
}

function tickingData(items: readonly ActiveUser[], { users, hint }: NonNullable<Shown['ticking']>): CardData {
  const onPage = (user: ActiveUser) => items.some(({ id }) => id === user.id);
  const elsewhere = users.filter((user) => !onPage(user));
  return {
    hint: hint ? [{ text: word(`users.hint.${hint}`, { limit: mostTicked }) }] : [],
    count: word('users.ticked', { count: users.length }),
    elsewhere:
      elsewhere.length > 0 ? [{ names: namesInBrief(elsewhere.map(({ displayName }) => displayName)) }] : [],
    choices: items.length === 0 ? [] : [{ choices: items.map(choiceOf), value: idsOf(users.filter(onPage)) }],
  };
}

function idsOf(users: readonly ActiveUser[]): string {
  return users.map(({ id }) => id).join(',');
}

function choiceOf(user: ActiveUser): CardData {
  const text = choiceTitle(`${shortened(user.displayName, longestName)} – ${user.userPrincipalName}`);
  const [first, ...others] = statesOf(user).map((state) => state.text);
  if (!first) return { title: text, value: user.id };
  const state = others.reduce((one, other) => word('users.states', { one, other }), first);
  return { title: word('users.choice', { user: text, state }), value: user.id };
}

import type { Customer } from '../domain/customer';
import { isAllowed, type PartnerAction } from '../domain/permission';
import { daysLeft } from '../domain/retention';
import type { DeletedUser } from '../domain/user';
import { word, type CardData, type Word } from '../ports/card';
import type { Directory } from '../ports/directory';
import { mostCounted, type CountedPage } from '../ports/page';
import { customerOf } from './customer-view';
import type { Reply, Request } from './feature';
import type { PickedId } from './picked-customer';
import { shortened } from './shorten';

/** How many of the deleted users are named. */
const mostNamed = 5;

interface Deps {
  readonly directory: Pick<Directory, 'findCustomer' | 'searchDeletedUsers'>;
  readonly pickedId: PickedId;
}

/** Where an operator starts: the picked customer, who of its deleted users is lost soon, and the daily commands. */
export function createHome({ directory, pickedId }: Deps) {
  const pickedCustomer = async ({ operator, conversation, now }: Request): Promise<Customer | null> => {
    const id = await pickedId(operator, conversation.id, now);
    return id === null ? null : directory.findCustomer(id);
  };

  return {
    async open(request: Request): Promise<Reply> {
      const customer = await pickedCustomer(request);
      const { now, operator } = request;
      const deleted =
        customer && isAllowed(operator.partnerRole, 'list_deleted')
          ? await directory.searchDeletedUsers({ customerId: customer.id, text: '', now, limit: mostNamed })
          : null;
      return {
        audience: 'operator',
        card: { name: 'home', data: homeData(request, customer, deleted) },
      };
    },
  };
}

function homeData(
  request: Request,
  customer: Customer | null,
  deleted: CountedPage<DeletedUser> | null,
): CardData {
  const { partnerRole } = request.operator;
  // What is shown is what is acted for, whatever is picked until a button is pressed.
  const data: CardData = customer ? { frozen: { customerId: customer.id } } : {};
  const button = (right: PartnerAction): CardData[] => (isAllowed(partnerRole, right) ? [{ data }] : []);
  return {
    ...(customer ? { customer: { ...customerOf(customer).customer, change: [{ frozen: {} }] } } : {}),
    nobody: customer ? [] : [{}],
    deleted: deleted ? [deletedData(request, deleted, data)] : [],
    addUser: button('create_user'),
    users: button('list_users'),
    audit: button('view_audit'),
    operators: isAllowed(partnerRole, 'manage_operators') ? [{}] : [],
  };
}

function deletedData(
  { now, locale }: Request,
  { items, found }: CountedPage<DeletedUser>,
  list: CardData,
): CardData {
  return {
    title: titleOf(found),
    none: items.length === 0 ? [{}] : [],
    users: items.map((user) => {
      const days = daysLeft(user, now, locale.timeZone);
      return {
        displayName: shortened(user.displayName, 100),
        userPrincipalName: user.userPrincipalName,
        left: days > 0 ? word('deleted-users.left', { count: days }) : word('deleted-users.lastDay'),
      };
    }),
    list: items.length > 0 ? [{ data: list }] : [],
  };
}

function titleOf(found: number): Word {
  if (found === 0) return word('deleted-users.title', { number: 0 });
  return found > mostCounted
    ? word('home.deletedMore', { number: mostCounted })
    : word('home.deleted', { number: found });
}

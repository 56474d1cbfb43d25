import { addUserFrozen, type createAddUser } from '../features/add-user';
import { customersFrozen, type createCustomers } from '../features/customers';
import { handOverFrozen, type createHandOver } from '../features/hand-over';
import type { createHelp } from '../features/help';
import { command, customerCommand, customerStep, step, type Route } from './route';

/** The features, put together in `house.ts`. */
export interface Features {
  readonly help: ReturnType<typeof createHelp>;
  readonly customers: ReturnType<typeof createCustomers>;
  readonly addUser: ReturnType<typeof createAddUser>;
  readonly handOver: ReturnType<typeof createHandOver>;
}

export interface Router {
  /** What can be typed, by the word after the slash. */
  readonly commands: Readonly<Record<string, string>>;
  /** What can be pressed, by verb; a typed command leads to one of them. */
  readonly routes: Readonly<Record<string, Route>>;
}

const commands = {
  rollcall: 'help.open',
  customers: 'customers.search',
  'add-user': 'add-user.open',
} as const;

/** The one table of everything that can be typed or pressed. */
export function createRouter({ help, customers, addUser, handOver }: Features): Router {
  const routes: Record<string, Route> = {
    'help.open': command({ right: 'list_customers' }, help.open),

    'customers.search': command(
      { right: 'list_customers', frozen: customersFrozen.search },
      customers.search,
    ),
    'customers.page': step({ right: 'list_customers', frozen: customersFrozen.page }, customers.page),
    'customers.pick': customerStep(
      { right: 'list_customers', effect: true, frozen: customersFrozen.pick },
      customers.pick,
    ),
    'customers.add': command({ right: 'manage_customers', opens: 'form' }, customers.add),
    'customers.save': step(
      { right: 'manage_customers', effect: true, frozen: customersFrozen.save },
      customers.save,
    ),

    'add-user.open': customerCommand(
      { right: 'create_user', opens: 'form', frozen: addUserFrozen.open },
      addUser.open,
    ),
    'add-user.again': customerStep(
      { right: 'create_user', opens: 'form', frozen: addUserFrozen.again },
      addUser.again,
    ),
    'add-user.save': customerStep(
      { right: 'create_user', effect: true, frozen: addUserFrozen.save },
      addUser.save,
    ),
    'add-user.sheet': customerStep(
      { right: 'reset_password', effect: true, frozen: addUserFrozen.sheet },
      addUser.sheet,
    ),

    'hand-over.refresh': customerStep(
      { right: 'view_user', frozen: handOverFrozen.refresh },
      handOver.refresh,
    ),
    'hand-over.ask': customerStep({ right: 'reset_password', frozen: handOverFrozen.ask }, handOver.ask),
    'hand-over.issue': customerStep(
      { right: 'reset_password', effect: true, frozen: handOverFrozen.issue },
      handOver.issue,
    ),
  };
  return { commands, routes };
}

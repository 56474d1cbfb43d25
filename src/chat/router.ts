import { auditFrozen, type createAudit } from '../features/audit';
import { addUserFrozen, type createAddUser } from '../features/add-user';
import { customersFrozen, type createCustomers } from '../features/customers';
import { deletedUsersFrozen, type createDeletedUsers } from '../features/deleted-users';
import { deleteUserFrozen, type createDeleteUser } from '../features/delete-user';
import { editUserFrozen, type createEditUser } from '../features/edit-user';
import { handOverFrozen, type createHandOver } from '../features/hand-over';
import type { createHelp } from '../features/help';
import { importFrozen, type createImport } from '../features/import';
import type { createHome } from '../features/home';
import { restoreUserFrozen, type createRestoreUser } from '../features/restore-user';
import { licensesFrozen, type createLicenses } from '../features/licenses';
import { resetPasswordFrozen, type createResetPassword } from '../features/reset-password';
import { usersFrozen, type createUsers } from '../features/users';
import { operatorsFrozen, type createOperators } from '../features/operators';
import { templatesFrozen, type createTemplates } from '../features/templates';
import type { IncomingFile } from '../ports/incoming-file';
import { reminderRoutes, type ReminderFeatures } from './reminder-routes';
import { command, customerCommand, customerStep, step, type Route } from './route';

/** The features, put together in `house.ts`. */
export interface Features extends ReminderFeatures {
  readonly help: ReturnType<typeof createHelp>;
  readonly home: ReturnType<typeof createHome>;
  readonly customers: ReturnType<typeof createCustomers>;
  readonly addUser: ReturnType<typeof createAddUser>;
  readonly deletedUsers: ReturnType<typeof createDeletedUsers>;
  readonly deleteUser: ReturnType<typeof createDeleteUser>;
  readonly templates: ReturnType<typeof createTemplates>;
  readonly editUser: ReturnType<typeof createEditUser>;
  readonly handOver: ReturnType<typeof createHandOver>;
  readonly importing: ReturnType<typeof createImport>;
  readonly audit: ReturnType<typeof createAudit>;
  readonly operators: ReturnType<typeof createOperators>;
  readonly restoreUser: ReturnType<typeof createRestoreUser>;
  readonly users: ReturnType<typeof createUsers>;
  readonly licenses: ReturnType<typeof createLicenses>;
  readonly resetPassword: ReturnType<typeof createResetPassword>;
}

export interface Router {
  /** What can be typed, by the word after the slash. */
  readonly commands: Readonly<Record<string, string>>;
  /** What can be pressed, by verb; a typed command leads to one of them. */
  readonly routes: Readonly<Record<string, Route>>;
  /** Where a file leads that somebody put into a chat. */
  readonly files: { readonly verb: string; routeOf(file: IncomingFile): Route };
}

const commands = {
  rollcall: 'help.open',
  customers: 'customers.search',
  'add-user': 'add-user.open',
  users: 'users.search',
  user: 'users.view',
  import: 'import.open',
  licenses: 'licenses.open',
  'reset-password': 'reset-password.ask',
  'delete-user': 'delete-user.ask',
  'deleted-users': 'deleted-users.page',
  'restore-user': 'restore-user.ask',
  reminders: 'reminders.open',
  operators: 'operators.open',
  audit: 'audit.page',
} as const;

/** The one table of everything that can be typed or pressed. */
export function createRouter({
  help,
  home,
  customers,
  addUser,
  templates,
  editUser,
  handOver,
  importing,
  users,
  deleteUser,
  deletedUsers,
  reminders,
  reminderActions,
  restoreUser,
  operators,
  audit,
  licenses,
  resetPassword,
}: Features): Router {
  const routes: Record<string, Route> = {
    'help.open': command({ right: 'list_customers' }, help.open),
    'home.open': command({ right: 'list_customers' }, home.open),

    'customers.search': command(
      { right: 'list_customers', opens: 'form', frozen: customersFrozen.search },
      customers.search,
    ),
    'customers.page': step(
      { right: 'list_customers', opens: 'form', frozen: customersFrozen.page },
      customers.page,
    ),
    'customers.pick': customerStep(
      { right: 'list_customers', effect: true, frozen: customersFrozen.pick },
      customers.pick,
    ),
    'customers.add': command({ right: 'manage_customers', opens: 'form' }, customers.add),
    'customers.edit': customerStep(
      { right: 'manage_customers', opens: 'form', frozen: customersFrozen.edit },
      customers.edit,
    ),
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

    'users.search': customerCommand(
      { right: 'list_users', opens: 'form', frozen: usersFrozen.search },
      users.search,
    ),
    'users.page': customerStep({ right: 'list_users', opens: 'form', frozen: usersFrozen.page }, users.page),
    'users.select': customerStep(
      { right: 'list_users', opens: 'form', frozen: usersFrozen.select },
      users.select,
    ),
    'users.view': customerCommand({ right: 'view_user', frozen: usersFrozen.view }, users.view),

    'add-user.copy': customerStep(
      { right: 'create_user', opens: 'form', frozen: addUserFrozen.copy },
      addUser.copy,
    ),
    'add-user.template': customerStep(
      { right: 'create_user', opens: 'form', frozen: addUserFrozen.template },
      addUser.template,
    ),

    'templates.open': customerStep(
      { right: 'create_user', opens: 'form', frozen: templatesFrozen.open },
      templates.open,
    ),
    'templates.save': customerStep(
      { right: 'create_user', effect: true, frozen: templatesFrozen.save },
      templates.save,
    ),
    'templates.remove': customerStep(
      { right: 'create_user', effect: true, frozen: templatesFrozen.remove },
      templates.remove,
    ),

    'edit-user.open': customerStep(
      { right: 'edit_user', opens: 'form', frozen: editUserFrozen.open },
      editUser.open,
    ),
    'edit-user.save': customerStep({ right: 'edit_user', frozen: editUserFrozen.save }, editUser.save),
    'edit-user.confirm': customerStep(
      { right: 'edit_user', effect: true, frozen: editUserFrozen.confirm },
      editUser.confirm,
    ),

    'delete-user.ask': customerCommand(
      { right: 'delete_user', frozen: deleteUserFrozen.ask },
      deleteUser.ask,
    ),
    'delete-user.confirm': customerStep(
      { right: 'delete_user', effect: true, frozen: deleteUserFrozen.confirm },
      deleteUser.confirm,
    ),
    'delete-user.undo': customerStep(
      { right: 'restore_user', effect: true, frozen: deleteUserFrozen.undo },
      restoreUser.undo,
    ),
    'deleted-users.page': customerCommand(
      { right: 'list_deleted', opens: 'form', frozen: deletedUsersFrozen.page },
      deletedUsers.page,
    ),
    'restore-user.ask': customerCommand(
      { right: 'restore_user', frozen: restoreUserFrozen.ask },
      restoreUser.ask,
    ),
    'restore-user.confirm': customerStep(
      { right: 'restore_user', effect: true, frozen: restoreUserFrozen.confirm },
      restoreUser.confirm,
    ),

    'licenses.open': customerCommand(
      { right: 'assign_licence', opens: 'form', frozen: licensesFrozen.open },
      licenses.open,
    ),
    'licenses.save': customerStep(
      { right: 'assign_licence', effect: true, frozen: licensesFrozen.save },
      licenses.save,
    ),

    'reset-password.ask': customerCommand(
      { right: 'reset_password', frozen: resetPasswordFrozen.ask },
      resetPassword.ask,
    ),
    'reset-password.confirm': customerStep(
      { right: 'reset_password', effect: true, frozen: resetPasswordFrozen.confirm },
      resetPassword.confirm,
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
    'hand-over.mail': customerStep(
      { right: 'reset_password', opens: 'form', effect: true, frozen: handOverFrozen.mail },
      handOver.mail,
    ),

    // The least that a file may need; what it holds decides about the rest.
    'import.open': customerCommand({ right: 'bulk_licence', frozen: importFrozen.open }, importing.open),
    'import.start': customerStep(
      { right: 'bulk_licence', effect: true, frozen: importFrozen.start },
      importing.start,
    ),
    'import.cancel': customerStep(
      { right: 'bulk_licence', effect: true, frozen: importFrozen.cancel },
      importing.cancel,
    ),
    'import.refresh': customerStep(
      { right: 'bulk_licence', frozen: importFrozen.refresh },
      importing.refresh,
    ),
    'import.letters': customerStep({ right: 'bulk_create', frozen: importFrozen.letters }, importing.letters),
    'import.sheet': customerStep(
      { right: 'reset_password', effect: true, frozen: importFrozen.sheet },
      importing.sheet,
    ),
    'import.undo': customerStep(
      { right: 'bulk_create', effect: true, frozen: importFrozen.undo },
      importing.undo,
    ),

    ...reminderRoutes({ reminders, reminderActions }),

    'operators.open': command(
      { right: 'manage_operators', opens: 'form', frozen: operatorsFrozen.open },
      operators.open,
    ),
    'operators.save': step(
      { right: 'manage_operators', effect: true, frozen: operatorsFrozen.save },
      operators.save,
    ),
    'operators.remove': step(
      { right: 'manage_operators', effect: true, frozen: operatorsFrozen.remove },
      operators.remove,
    ),

    'audit.page': customerCommand(
      { right: 'view_audit', opens: 'form', frozen: auditFrozen.page },
      audit.page,
    ),
    'audit.export': customerStep(
      { right: 'view_audit', effect: true, frozen: auditFrozen.export },
      audit.export,
    ),
  };
  const files = {
    verb: 'import.receive',
    routeOf: (file: IncomingFile) =>
      command({ right: 'bulk_licence', effect: true }, (request) => importing.receive(request, file)),
  };
  return { commands, routes, files };
}

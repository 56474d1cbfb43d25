import { isAllowed, partnerActions, partnerRoles, rolesAllowed } from '../../src/domain/permission';

const matrix = `
  action            billing sales helpdesk user-management admin global
  list_customers    Y       Y     Y        Y               Y     Y
  list_users        -       Y     Y        Y               Y     Y
  view_user         -       Y     Y        Y               Y     Y
  list_deleted      -       Y     Y        Y               Y     Y
  create_user       -       -     -        Y               Y     Y
  bulk_create       -       -     -        Y               Y     Y
  edit_user         -       -     -        Y               Y     Y
  reset_password    -       -     Y        Y               Y     Y
  delete_user       -       -     -        Y               Y     Y
  restore_user      -       -     -        Y               Y     Y
  assign_licence    -       Y     Y        Y               Y     Y
  bulk_licence      -       Y     Y        Y               Y     Y
  assign_role       -       -     -        -               Y     Y
  view_audit        -       -     -        Y               Y     Y
  manage_customers  -       -     -        -               Y     Y
  manage_operators  -       -     -        -               Y     Y
`;
const rows = matrix
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.trim().split(/\s+/));

describe('what a partner role may do', () => {
  test('is decided for every action', () => {
    expect(rows.map(([action]) => action)).toEqual([...partnerActions]);
  });

  test.each(rows)('%s: %s %s %s %s %s %s', (name, ...expected) => {
    const action = partnerActions.find((known) => known === name)!;
    expect(partnerRoles.map((role) => (isAllowed(role, action) ? 'Y' : '-'))).toEqual(expected);
  });

  test('is asked for of the least powerful role that has it', () => {
    expect(rolesAllowed('reset_password')).toEqual([
      'helpdesk_agent',
      'user_management_admin',
      'admin_agent',
      'global_admin',
    ]);
    expect(rolesAllowed('assign_role')[0]).toBe('admin_agent');
  });
});

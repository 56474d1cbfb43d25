import { mayAdminister, partnerRolesThatMayAdminister } from '../../src/domain/guard';
import { directoryRoles } from '../../src/domain/role';

const strongest = ['admin_agent', 'global_admin'];
const middle = ['user_management_admin', ...strongest];
const all = ['helpdesk_agent', ...middle];

describe('who may take over an account', () => {
  test.each([
    [[], all],
    [['Directory Readers'], all],
    [['Guest Inviter'], all],
    [['Password Administrator'], all],
    [['Helpdesk Administrator'], all],
    [['Message Center Reader', 'Reports Reader', 'Usage Summary Reports Reader'], all],
    [['Groups Administrator'], middle],
    [['User Administrator'], middle],
    [['Authentication Administrator'], strongest],
    [['Global Administrator'], strongest],
    [['Privileged Authentication Administrator'], strongest],
    [['Privileged Role Administrator'], strongest],
    [['License Administrator'], strongest],
    [['A role of next year'], strongest],
    [['Directory Readers', 'User Administrator'], middle],
    [['User Administrator', 'Exchange Administrator', 'Directory Readers'], strongest],
  ])('of somebody with %j: %j', (rolesOfTarget, expected) => {
    expect(partnerRolesThatMayAdminister(rolesOfTarget)).toEqual(expected);
  });

  test('is never a sales agent or a billing admin', () => {
    expect(mayAdminister('sales_agent', [])).toBe(false);
    expect(mayAdminister('billing_admin', [])).toBe(false);
  });

  test.each([...directoryRoles])('never grows with one more role: %s', (role) => {
    const allowed = partnerRolesThatMayAdminister(['User Administrator', role]);
    expect(middle).toEqual(expect.arrayContaining([...allowed]));
  });
});

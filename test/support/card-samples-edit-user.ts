import { newFormId } from '../../src/domain/hand-over';
import { directoryRoles } from '../../src/domain/role';
import { userFingerprint, type ActiveUser } from '../../src/domain/user';
import { checkEditedUser, changeableFields, marksOf, mergeEdit, valuesOf } from '../../src/domain/user-edit';
import type { UserChange } from '../../src/domain/user-edit';
import { editUserConfirm, editUserSaved } from '../../src/features/edit-user-confirm';
import { editUserForm, type EditForm } from '../../src/features/edit-user-form';
import { lastChangeOf } from '../../src/features/last-change';
import type { CustomerRequest } from '../../src/features/feature';
import type { AuditRecord } from '../../src/ports/audit';
import type { Card } from '../../src/ports/card';
import type { CardSample } from './card-samples';
import {
  contoso,
  extremeCustomer,
  extremeUsers,
  hostileName,
  requestWith,
  sampleEntropy,
  sampleNow,
  userManagementAdmin,
  zoe,
} from './sample-data';

const promoted: UserChange = {
  userPrincipalName: 'zoe.martin@contoso.example',
  surname: 'Martin',
  displayName: 'Zoé Martin',
  accountEnabled: false,
  roles: ['Groups Administrator', 'Reports Reader'],
};
const before: ActiveUser = { ...zoe, roles: ['User Administrator', 'Reports Reader'] };

/** Every field at its limit. */
const extremeUser: ActiveUser = {
  ...extremeUsers(1)[0]!,
  usageLocation: 'DE',
  givenName: hostileName.slice(0, 64),
  surname: hostileName.slice(0, 64),
  jobTitle: hostileName.slice(0, 128),
  department: hostileName.slice(0, 64),
  roles: directoryRoles.slice(0, 12),
};
const extremeChange: UserChange = {
  displayName: '"'.repeat(256),
  givenName: 'é'.repeat(64),
  surname: 'W'.repeat(64),
  userPrincipalName: `${'w'.repeat(64)}@${extremeCustomer.domains[499]!}`,
  usageLocation: 'GS',
  jobTitle: 'W'.repeat(128),
  department: 'W'.repeat(64),
  accountEnabled: false,
  roles: directoryRoles.slice(12),
};

export async function editUserSamples(): Promise<CardSample[]> {
  return [
    { card: form({ user: zoe }), as: 'typical' },
    { card: form({ user: zoe }, { operator: userManagementAdmin }), as: 'no roles' },
    { card: faulty(), as: 'faulty' },
    { card: await meanwhile(zoe, { jobTitle: 'Head baker' }, 'Bao Nguyen'), as: 'changed meanwhile' },
    {
      card: await meanwhile(extremeUser, extremeChange, hostileName, { customer: extremeCustomer }),
      as: 'all at once',
      extreme: true,
    },
    { card: confirm(zoe, { jobTitle: 'Head baker', department: '' }), as: 'typical' },
    { card: confirm(before, promoted), as: 'far-reaching' },
    {
      card: confirm(extremeUser, extremeChange, { customer: extremeCustomer }),
      as: 'all at once',
      extreme: true,
    },
    {
      card: editUserSaved(requestWith(undefined), { ...before, ...promoted }, [
        'displayName',
        'userPrincipalName',
        'accountEnabled',
        'roles',
      ]),
      as: 'typical',
    },
    {
      card: editUserSaved(
        requestWith(undefined, { customer: extremeCustomer }),
        { ...extremeUser, ...extremeChange },
        changeableFields,
      ),
      as: 'all at once',
      extreme: true,
    },
  ];
}

type Changes = Partial<CustomerRequest>;

function frozenOf(user: ActiveUser, { customer = contoso }: Changes) {
  return {
    customerId: customer.id,
    userId: user.id,
    form: newFormId(sampleEntropy),
    seen: userFingerprint(user),
    marks: marksOf(valuesOf(user)),
  };
}

function form({ user, ...more }: Pick<EditForm, 'user'> & Partial<EditForm>, changes: Changes = {}): Card {
  const request = requestWith(undefined, changes);
  return editUserForm(request, { values: valuesOf(user), frozen: frozenOf(user, changes), user, ...more });
}

function confirm(user: ActiveUser, change: UserChange, changes: Changes = {}): Card {
  const frozen = frozenOf(user, changes);
  return editUserConfirm(requestWith(undefined, changes), { user, change, frozen });
}

function faulty(): Card {
  const values = { ...valuesOf(zoe), username: 'zoé.', usageLocation: '' };
  const checked = checkEditedUser(values, { user: zoe, domains: contoso.domains, mayAssignRoles: true });
  return form({ user: zoe, values, faults: checked.ok ? [] : checked.faults });
}

/** Somebody has made this change while the operator typed another job title and took the department away. */
async function meanwhile(
  seen: ActiveUser,
  change: UserChange,
  who: string,
  changes: Changes = {},
): Promise<Card> {
  const user = { ...seen, ...change };
  const typed = { ...valuesOf(seen), jobTitle: 'Master baker', department: '' };
  const notice = await lastChangeOf(requestWith(undefined), user, {
    trail: { ofUser: () => Promise.resolve([entryOf(user)]) },
    people: { names: ([id = '']) => Promise.resolve(new Map([[id, who]])) },
  });
  return form({ user, ...mergeEdit(marksOf(valuesOf(seen)), typed, valuesOf(user)), notice }, changes);
}

function entryOf({ customerId, userPrincipalName: target }: ActiveUser): AuditRecord {
  const action = 'update_customer_user';
  return { id: '1', at: sampleNow, operator: 'web:bao', action, customerId, target, outcome: 'success' };
}

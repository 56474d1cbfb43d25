import { searchTokens, sortKey } from '../../domain/search-text';
import type { ActiveUser, DeletedUser, EditableFields } from '../../domain/user';
import { upnKey } from '../../domain/upn';
import type { NewUser } from '../../ports/directory';

type Required = 'customerId' | 'userPrincipalName' | 'displayName' | 'accountEnabled' | 'createdAt';
/** What other tools write may lack what may be empty. */
type UserRow = Pick<ActiveUser, Required> &
  Partial<Omit<ActiveUser, Required | 'id'>> & { readonly _id: string };

/** What lists and searches read of a user; to be written whenever the names change. */
export function searchFields({
  displayName,
  userPrincipalName,
}: Pick<ActiveUser, 'displayName' | 'userPrincipalName'>) {
  return { sortKey: sortKey(displayName), searchTokens: searchTokens(displayName, userPrincipalName) };
}

/** What an edit writes: what was filled in, and what is kept for finding it. */
export function editedFields(fields: EditableFields) {
  return {
    userPrincipalName: fields.userPrincipalName,
    upnLower: upnKey(fields.userPrincipalName),
    displayName: fields.displayName,
    givenName: fields.givenName,
    surname: fields.surname,
    usageLocation: fields.usageLocation,
    jobTitle: fields.jobTitle,
    department: fields.department,
    roles: [...fields.roles],
    accountEnabled: fields.accountEnabled,
    ...searchFields(fields),
  };
}

/** A new user as it is stored: with a password that must be changed at the first sign-in. */
export function userDocument(user: NewUser) {
  const { sortKey, searchTokens } = searchFields(user);
  return {
    _id: user.id,
    customerId: user.customerId,
    userPrincipalName: user.userPrincipalName,
    upnLower: upnKey(user.userPrincipalName),
    displayName: user.displayName,
    givenName: user.givenName,
    surname: user.surname,
    usageLocation: user.usageLocation,
    jobTitle: user.jobTitle,
    department: user.department,
    accountEnabled: user.accountEnabled,
    createdAt: user.createdAt,
    licenses: [...user.licenses],
    roles: [...user.roles],
    state: 'active' as const,
    password: user.password,
    passwordSetAt: user.createdAt,
    mustChangePassword: true,
    sortKey,
    searchTokens,
  };
}

export function toUser(row: UserRow): ActiveUser {
  return {
    id: row._id,
    customerId: row.customerId,
    userPrincipalName: row.userPrincipalName,
    displayName: row.displayName,
    givenName: row.givenName ?? '',
    surname: row.surname ?? '',
    usageLocation: row.usageLocation ?? '',
    jobTitle: row.jobTitle ?? '',
    department: row.department ?? '',
    accountEnabled: row.accountEnabled,
    createdAt: row.createdAt,
    licenses: row.licenses ?? [],
    roles: row.roles ?? [],
  };
}

type DeletedUserRow = UserRow & {
  readonly deletedAt?: Date | null;
  readonly deletedBy?: string | null;
  readonly restoreBy?: Date | null;
  readonly deletion?: string | null;
};

/** Without a deadline nobody can be restored. */
export function toDeletedUser(row: DeletedUserRow): DeletedUser {
  const restoreBy = row.restoreBy ?? new Date(0);
  return {
    ...toUser(row),
    deletedAt: row.deletedAt ?? restoreBy,
    deletedBy: row.deletedBy ?? 'system',
    restoreBy,
    deletion: row.deletion ?? '',
  };
}

import { isLocation } from '../domain/location';
import { isDirectoryRole } from '../domain/role';
import { word, type Word } from '../ports/card';

/** A country or territory as people call it; a code that is none stays as it is. */
export function locationName(code: string): Word | string {
  return isLocation(code) ? word(`locations.${code}`) : code;
}

/** A directory role as people call it; another service may have given one that is not known here. */
export function roleName(role: string): Word | string {
  return isDirectoryRole(role) ? word(`directoryRoles.${role}`) : role;
}

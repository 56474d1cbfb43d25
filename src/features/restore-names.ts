import type { Fault } from '../domain/fault';
import { readRestoredName } from '../domain/restore';
import { upnKey } from '../domain/upn';
import type { DeletedUser } from '../domain/user';
import type { RestoreResult } from '../ports/directory';
import type { CustomerRequest } from './feature';
import { nameInput, type RestoreForm } from './restore-form';

/** What users shall be called, by id. */
interface Names {
  readonly of: ReadonlyMap<string, string>;
  readonly faults: readonly Fault[];
}

/** The names that were typed, or the former ones; none twice. */
export function readNames(
  { customer, values }: CustomerRequest,
  ids: readonly string[],
  users: readonly DeletedUser[],
): Names {
  const names = new Map<string, string>();
  const faults: Fault[] = [];
  const claimed = new Set<string>();
  for (const { id, userPrincipalName: former } of users) {
    const typed = values[nameInput(id, ids.length)];
    const { userPrincipalName, faults: own } = readRestoredName(typed, former, customer);
    faults.push(...own.map((fault) => ({ ...fault, field: id })));
    if (own.length === 0 && claimed.has(upnKey(userPrincipalName)))
      faults.push({ field: id, reason: 'taken' });
    claimed.add(upnKey(userPrincipalName));
    names.set(id, userPrincipalName);
  }
  return { of: names, faults };
}

/** As typed, to stand in the form again. */
export function typedNames(values: CustomerRequest['values'], ids: readonly string[]): RestoreForm['typed'] {
  return new Map(
    ids.flatMap((id) => {
      const typed = values[nameInput(id, ids.length)];
      return typed === undefined ? [] : [[id, typed] as const];
    }),
  );
}

/** Nobody was restored, and these because their names are taken. */
export function takenNames(results: readonly RestoreResult[], names: Names['of']): readonly Fault[] {
  return results.flatMap((result) =>
    result.kind === 'name-taken'
      ? [{ field: result.userId, reason: 'taken', names: [names.get(result.userId) ?? ''] }]
      : [],
  );
}

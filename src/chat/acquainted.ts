import { personName } from '../domain/person-name';
import type { Log } from '../ports/log';
import type { People } from '../ports/people';
import type { Dispatch } from './door';

/** Remembers the name of everybody who writes, operator or not, while the answer is made: no answer waits for it. */
export function acquainted(
  dispatch: Dispatch,
  { people, log }: { readonly people: Pick<People, 'remember'>; readonly log: Log },
): Dispatch {
  return (command) => {
    people
      .remember({ id: command.operator, name: personName(command.operatorName) })
      .catch((error: unknown) => log.warn({ err: error }, 'The name of a person was not remembered.'));
    return dispatch(command);
  };
}

import { isAllowed } from '../domain/permission';
import type { IncomingFile } from '../ports/incoming-file';
import type { Operators } from '../ports/operators';
import type { Router } from './router';

/**
 * Whether files of somebody lead anywhere, for chats where others share files too: theirs are left unread. Who sends
 * one is decided again when it is dispatched. Throws `StorageAway`.
 */
export type MaySendFiles = (operator: string, file: IncomingFile) => Promise<boolean>;

interface Deps {
  readonly operators: Pick<Operators, 'find'>;
  readonly files: Router['files'];
}

export function createMaySendFiles({ operators, files }: Deps): MaySendFiles {
  return async (id, file) => {
    const operator = await operators.find(id);
    return operator !== null && isAllowed(operator.partnerRole, files.routeOf(file).right);
  };
}

import type { Audit } from '../ports/audit';
import { answered } from './away';
import type { Records } from './records';
import { storeAudit } from './store-effect';

export function createMongoAudit(records: Pick<Records, 'audit' | 'auditDetails'>): Audit {
  return { record: (entry) => answered('write', () => storeAudit(records, [entry])) };
}

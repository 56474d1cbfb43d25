import type { PartnerRole } from '../domain/permission';

/** A person who may use Rollcall. `id` is `teams:<aadObjectId>`, `slack:<userId>` or, in the demo, `web:<name>`. */
export interface Operator {
  readonly id: string;
  readonly partnerRole: PartnerRole;
  readonly customers: 'all' | readonly string[];
}

export interface Operators {
  /** Null for a person who may not use Rollcall. Never cached: a change counts at the next action. */
  find(id: string): Promise<Operator | null>;
}

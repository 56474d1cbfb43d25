import type { Effect, Repeated } from './directory';

/** What a new user of a customer can start from. */
export interface Template {
  readonly id: string;
  readonly customerId: string;
  readonly name: string;
  readonly usageLocation: string;
  readonly department: string;
  readonly roles: readonly string[];
  readonly licenses: readonly string[];
}

/** The templates of each customer. Every write stores its effect with it, all or nothing. */
export interface Templates {
  /** By name. */
  list(customerId: string): Promise<readonly Template[]>;
  /** A template of the same name of the same customer gives way. */
  save(template: Template, effect: Effect): Promise<{ readonly kind: 'saved' } | Repeated>;
  remove(
    customerId: string,
    templateId: string,
    effect: Effect,
  ): Promise<{ readonly kind: 'removed' | 'missing' } | Repeated>;
}

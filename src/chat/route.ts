import { z } from 'zod';
import type { PartnerAction } from '../domain/permission';
import type { CustomerRequest, Outcome, Request } from '../features/feature';

/** One row of the table in `router.ts`: what a command or a button needs, and the step that answers it. */
export interface Route {
  /** The right that the operator must have. */
  readonly right: PartnerAction;
  /** The step acts for a customer: the one its card froze, else the one the operator has picked here. */
  readonly forCustomer: boolean;
  /** What the answer usually is, so that a chat can open a loading form before the step has answered. */
  readonly opens: 'form' | 'message';
  /** The step stores something: without an answer of the database it is not certain what was stored. */
  readonly effect: boolean;
  /** The shape that a button's payload must have. */
  readonly frozen: z.ZodType;
  /** Typed: the operator may have typed the command, so there need not be a payload. */
  readonly typed: boolean;
  handle(request: Request | CustomerRequest): Outcome | Promise<Outcome>;
}

interface Row<Frozen> {
  readonly right: PartnerAction;
  readonly opens?: 'form';
  readonly effect?: true;
  readonly frozen: z.ZodType<Frozen>;
}

const nothing = z.strictObject({});
type Answered = Outcome | Promise<Outcome>;

/** A step that can only be reached by a button of a card. */
export function step<Frozen>(row: Row<Frozen>, handle: (request: Request<Frozen>) => Answered): Route {
  return route(row, { typed: false, forCustomer: false }, handle);
}

/** A button's step that acts for the customer its card froze. */
export function customerStep<Frozen extends { customerId: string }>(
  row: Row<Frozen>,
  handle: (request: CustomerRequest<Frozen>) => Answered,
): Route {
  return route(row, { typed: false, forCustomer: true }, handle);
}

/** A step that can be typed, or reached by a button. */
export function command<Frozen = object>(
  row: Omit<Row<Frozen>, 'frozen'> & { frozen?: z.ZodType<Frozen> },
  handle: (request: Request<Frozen | undefined>) => Answered,
): Route {
  return route({ frozen: nothing, ...row }, { typed: true, forCustomer: false }, handle);
}

/** A step that can be typed and acts for the picked customer. */
export function customerCommand<Frozen = object>(
  row: Omit<Row<Frozen>, 'frozen'> & { frozen?: z.ZodType<Frozen> },
  handle: (request: CustomerRequest<Frozen | undefined>) => Answered,
): Route {
  return route({ frozen: nothing, ...row }, { typed: true, forCustomer: true }, handle);
}

function route(
  { right, opens, effect, frozen }: Row<unknown>,
  kind: Pick<Route, 'typed' | 'forCustomer'>,
  handle: Route['handle'],
): Route {
  return { right, opens: opens ?? 'message', effect: effect ?? false, frozen, handle, ...kind };
}

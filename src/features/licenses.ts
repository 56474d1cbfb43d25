import { z } from 'zod';
import type { Entropy } from '../domain/entropy';
import type { Fault } from '../domain/fault';
import { effectId, isFormId, newFormId } from '../domain/hand-over';
import type { LicenseResult } from '../domain/license-change';
import { checkLicenseChoice, offerLicenses } from '../domain/license-choice';
import { isAllowed, rolesAllowed } from '../domain/permission';
import { parseIds } from '../domain/ticked';
import type { ActiveUser } from '../domain/user';
import type { AuditEntry } from '../ports/audit';
import type { Directory } from '../ports/directory';
import type { Metrics } from '../ports/metrics';
import { createChosenUsers, foreignDenied, isChosen } from './chosen-users';
import type { CustomerRequest, Denied, Reply } from './feature';
import { licensesForm } from './licenses-form';
import { licensesSavedCard, readOutcome, storeOutcome, type LicenseOutcome } from './licenses-result';
import { userGone } from './user-gone';

const customerId = z.string();
const form = z.string().refine(isFormId);
export const licensesFrozen = {
  /** `form`: the form that is drawn again; `assign`: what is chosen on a fresh one; `below`: the card stays. */
  open: z.strictObject({
    customerId: customerId.optional(),
    userIds: z.string().optional(),
    page: z.string().optional(),
    form: form.optional(),
    assign: z.string().optional(),
    below: z.literal(true).optional(),
  }),
  save: z.strictObject({ customerId, userIds: z.string(), form }),
};
type Frozen = { readonly [Step in keyof typeof licensesFrozen]: z.infer<(typeof licensesFrozen)[Step]> };

interface Deps {
  readonly directory: Directory;
  readonly entropy: Entropy;
  readonly metrics: Metrics;
}

interface Draw {
  readonly users: readonly ActiveUser[];
  readonly form: string;
  readonly values: Readonly<Record<string, string>>;
  readonly faults: readonly Fault[];
}

/** `/licenses`: which products some users have, what to give and to take, and what came of it for each. */
export function createLicenses({ directory, entropy, metrics }: Deps) {
  const chosenUsers = createChosenUsers({ directory });

  const draw = async (request: CustomerRequest, { users, ...rest }: Draw): Promise<Reply> => {
    const offer = offerLicenses(users, await directory.listSubscriptions(request.customer.id));
    return { audience: 'operator', card: licensesForm(request, { users, offer, ...rest }) };
  };

  const show = async ({ customer }: CustomerRequest, outcome: LicenseOutcome): Promise<Reply> => {
    const ids = outcome.map(({ userId }) => userId);
    const [active, deleted] = await Promise.all([
      directory.findUsers(customer.id, ids),
      directory.findDeletedUsers(customer.id, ids),
    ]);
    return { audience: 'operator', card: licensesSavedCard(customer, [...active, ...deleted], outcome) };
  };

  return {
    /** A fresh form, or the same one again with a search in its lists. */
    async open(request: CustomerRequest<Frozen['open'] | undefined>): Promise<Reply | Denied> {
      const chosen = await chosenUsers(request, { verb: 'licenses.open', action: 'assign_licence' });
      if (!isChosen(chosen)) return chosen;
      const { users } = chosen;
      const denied = deniedForMany(request, users);
      if (denied) return denied;
      const { form: same, assign, below } = request.frozen ?? {};
      const values = same === undefined && assign !== undefined ? { assign } : request.values;
      const reply = await draw(request, { users, form: same ?? newFormId(entropy), values, faults: [] });
      return below ? { ...reply, place: 'below' } : reply;
    },

    /** Gives and takes as far as seats go, once for each form. */
    async save(request: CustomerRequest<Frozen['save']>): Promise<Reply | Denied> {
      const { customer, frozen, values } = request;
      const ids = parseIds(frozen.userIds);
      const [users, foreign, subscriptions] = await Promise.all([
        directory.findUsers(customer.id, ids),
        foreignDenied(request, { action: 'assign_licence', ids }, directory),
        directory.listSubscriptions(customer.id),
      ]);
      const denied = foreign ?? deniedForMany(request, users);
      if (denied) return denied;
      const checked = checkLicenseChoice(values, users, subscriptions);
      if (!checked.ok) {
        if (users.length < ids.length) return userGone(customer);
        return draw(request, { users, form: frozen.form, values, faults: checked.faults });
      }

      const outcome = await directory.changeLicenses(
        { customerId: customer.id, userIds: ids, ...checked.choice },
        {
          id: effectId(frozen.form),
          of: (results) => ({
            result: { results: storeOutcome(results) },
            audit: entriesOf(request, results),
          }),
        },
      );
      switch (outcome.kind) {
        case 'changed':
          metrics.seatsRefused(outcome.results.reduce((sum, { refused }) => sum + refused.length, 0));
          return show(request, readOutcome(storeOutcome(outcome.results)));
        case 'repeated':
          return show(request, readOutcome(outcome.result.results));
        case 'missing':
          return userGone(customer);
      }
    },
  };
}

/** For more than one user at once there is a right of its own. */
function deniedForMany({ customer, operator }: CustomerRequest, users: readonly ActiveUser[]): Denied | null {
  const [first, second] = users;
  if (!first || !second || isAllowed(operator.partnerRole, 'bulk_licence')) return null;
  const target = first.userPrincipalName;
  const roles = rolesAllowed('bulk_licence');
  return { denied: { action: 'bulk_licence', customerId: customer.id, target, roles } };
}

/** An entry for each user for whom something changed or was refused; for all of them where that is nobody. */
function entriesOf(request: CustomerRequest, results: readonly LicenseResult[]): AuditEntry[] {
  const told = results.filter(
    ({ given, taken, refused }) => given.length + taken.length + refused.length > 0,
  );
  return (told.length > 0 ? told : results).map((result) => entryOf(request, result));
}

function entryOf(
  { customer, operator, now }: CustomerRequest,
  { before, after, given, taken, refused }: LicenseResult,
): AuditEntry {
  const located = before.usageLocation !== after.usageLocation;
  const state = ({ licenses, usageLocation }: ActiveUser) => ({
    licenses,
    ...(located ? { usageLocation } : {}),
  });
  return {
    at: now,
    operator: operator.id,
    action: 'update_customer_user_licenses',
    customerId: customer.id,
    target: before.userPrincipalName,
    userId: before.id,
    outcome: refused.length > 0 && given.length + taken.length === 0 ? 'failure' : 'success',
    details: {
      before: state(before),
      after: state(after),
      ...(refused.length > 0 ? { reason: `no-seats: ${refused.join(', ')}` } : {}),
    },
  };
}

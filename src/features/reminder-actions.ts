import { z } from 'zod';
import type { Entropy } from '../domain/entropy';
import type { Fault } from '../domain/fault';
import { effectId, isFormId, newFormId } from '../domain/hand-over';
import { dayMoved, hourOfDay, localDay } from '../domain/local-day';
import { isAllowed, rolesAllowed } from '../domain/permission';
import { readSnooze, usualReminderHour } from '../domain/reminder';
import { parseIds } from '../domain/ticked';
import { hasControlCharacters, tidyText } from '../domain/text';
import type { DeletedUser } from '../domain/user';
import type { AuditEntry } from '../ports/audit';
import { word, type CardData, type Word } from '../ports/card';
import type { Reminders, Subscriptions } from '../ports/reminders';
import { below } from './below';
import { customerOf } from './customer-view';
import type { createDeletedUsers } from './deleted-users';
import { faultsByField } from './faults';
import type { CustomerRequest, Denied, Outcome, Reply } from './feature';
import { reminderStates, type ReminderState, type StateDeps } from './reminder-states';
import type { createRestoreUser } from './restore-user';
import { shortened } from './shorten';
import { userGone } from './user-gone';

const customerId = z.string();
const form = z.string().refine(isFormId);
const target = { customerId, userId: z.string(), conversation: z.string() };
export const reminderActionsFrozen = {
  /** Without a user: the list of all. */
  restore: z.strictObject({ customerId, userIds: z.string().optional() }),
  /** `undo`: where the button stands that takes it back. Without a form, one is drawn. */
  letGo: z.strictObject({ ...target, form: form.optional(), undo: z.enum(['digest', 'card']).optional() }),
  snooze: z.strictObject({ ...target, form: form.optional() }),
};
type Frozen = {
  readonly [Step in keyof typeof reminderActionsFrozen]: z.infer<(typeof reminderActionsFrozen)[Step]>;
};

const longestReason = 256;
const dayMs = 24 * 60 * 60 * 1000;

interface Deps extends StateDeps {
  readonly reminders: Reminders;
  readonly subscriptions: Pick<Subscriptions, 'find'>;
  readonly deletedUsers: ReturnType<typeof createDeletedUsers>;
  readonly restoreUser: Pick<ReturnType<typeof createRestoreUser>, 'ask'>;
  /** The digests that announced these users are looked at again. */
  readonly changed: (userIds: readonly string[], now: Date) => Promise<void>;
  readonly entropy: Entropy;
}

type Target = CustomerRequest<{ readonly userId: string; readonly conversation: string }>;

/** What a digest offers for a user. The digest stays as it is, for the others; what is asked stands below. */
export function createReminderActions(deps: Deps) {
  const { reminders, subscriptions, deletedUsers, restoreUser, changed, entropy } = deps;

  const clocksOf = async ({ frozen, locale }: Target) => {
    const { hour = usualReminderHour, timeZone = locale.timeZone } =
      (await subscriptions.find(frozen.conversation)) ?? {};
    return { hour, timeZone };
  };

  const stateOf = async (request: Target): Promise<ReminderState | null> => {
    const { customer, frozen, now } = request;
    const asked = { customerId: customer.id, conversation: frozen.conversation, userIds: [frozen.userId] };
    const [state] = await reminderStates({ ...asked, clocks: await clocksOf(request), now }, deps);
    return state ?? null;
  };

  /** How it stands with the user now, whoever has done it. */
  const show = async (request: Target, title: Word | null = null): Promise<Reply> => {
    const state = await stateOf(request);
    if (!state?.name) return userGone(request.customer);
    const { customer, operator, frozen } = request;
    const undo = { ...targetOf(request), undo: 'card', form: newFormId(entropy) };
    const mayRestore = state.user !== null && isAllowed(operator.partnerRole, 'restore_user');
    const data = {
      ...customerOf(customer),
      title: title ?? word(`reminder-user.${state.kind}`),
      displayName: shortened(state.name.displayName, 60),
      userPrincipalName: state.name.userPrincipalName,
      said: state.said.map((text) => ({ text })),
      until: state.user ? [{ text: word('reminder-user.until', { at: state.user.restoreBy }) }] : [],
      undo: state.kind === 'let-go' ? [{ frozen: undo }] : [],
      restore: mayRestore ? [{ frozen: { customerId: customer.id, userIds: frozen.userId } }] : [],
      list: { customerId: customer.id },
    };
    return { audience: 'operator', card: { name: 'reminder-user', data } };
  };

  /** The form's head, and what a chat needs to show it once more. */
  const formOf = (
    name: 'reminder-let-go' | 'reminder-snooze',
    { customer, frozen }: Target,
    { displayName, userPrincipalName, restoreBy }: DeletedUser,
    more: CardData,
  ): Reply => {
    const again = targetOf({ customer, frozen });
    const data = {
      ...customerOf(customer),
      displayName: shortened(displayName, 60),
      userPrincipalName,
      list: { customerId: customer.id },
      until: word('reminder-user.until', { at: restoreBy }),
      ...more,
    };
    const verb = name === 'reminder-let-go' ? 'reminders.let-go' : 'reminders.snooze';
    return { audience: 'operator', card: { name, data, again: { verb, frozen: again } } };
  };

  const letGoForm = (request: Target, user: DeletedUser, formId: string, faults: readonly Fault[]): Reply =>
    formOf('reminder-let-go', request, user, {
      reason: (request.values['reason'] ?? '').slice(0, longestReason),
      faults: faultsByField(['reason'], faults),
      faulty: faults.length > 0,
      save: { ...targetOf(request), form: formId },
    });

  const snoozeForm = async (
    request: Target,
    user: DeletedUser,
    formId: string,
    faults: readonly Fault[],
  ): Promise<Reply> => {
    const { timeZone } = await clocksOf(request);
    const tomorrow = dayMoved(localDay(request.now, timeZone), 1) ?? '';
    return formOf('reminder-snooze', request, user, {
      value: request.values['until'] ?? tomorrow,
      min: tomorrow,
      max: localDay(user.restoreBy, timeZone),
      faults: faultsByField(['until'], faults),
      faulty: faults.length > 0,
      save: { ...targetOf(request), form: formId },
    });
  };

  /** Whoever can still be reminded of; otherwise what to answer instead. */
  const openUser = async (request: Target): Promise<DeletedUser | Reply> => {
    const state = await stateOf(request);
    return state?.kind === 'open' && state.user ? state.user : show(request);
  };

  const settle = async (request: Target, title: Word): Promise<Reply> => {
    await changed([request.frozen.userId], request.now);
    return show(request, title);
  };

  const mayNotRestore = async ({ customer, frozen }: CustomerRequest<Frozen['restore']>): Promise<Denied> => {
    const [user] = await deps.directory.findDeletedUsers(customer.id, parseIds(frozen.userIds));
    const target = user?.userPrincipalName ?? '';
    const roles = rolesAllowed('restore_user');
    return { denied: { action: 'restore_user', customerId: customer.id, target, roles } };
  };

  return {
    async restore(request: CustomerRequest<Frozen['restore']>): Promise<Outcome> {
      const { frozen, operator, customer } = request;
      if (frozen.userIds && !isAllowed(operator.partnerRole, 'restore_user')) return mayNotRestore(request);
      const outcome = frozen.userIds
        ? await restoreUser.ask(request)
        : await deletedUsers.page({ ...request, frozen: { customerId: customer.id } });
      return below(outcome);
    },

    /** Asks why, then nobody is reminded of the user any more; or takes that back. */
    async letGo(request: CustomerRequest<Frozen['letGo']>): Promise<Reply | Denied> {
      const { form: formId, undo, ...frozen } = request.frozen;
      const here: Target = { ...request, frozen };
      if (undo && formId) {
        const user = (await stateOf(here))?.user;
        if (!user) return show(here);
        const effect = effectOf(request, user, formId, { before: { letGo: true } });
        const { kind } = await reminders.undoLetGo(user.id, effect);
        const shown = await (kind === 'done' ? settle(here, word('reminder-user.again')) : show(here));
        return undo === 'digest' ? below(shown) : shown;
      }
      const user = await openUser(here);
      if (!('restoreBy' in user)) return formId ? user : below(user);
      if (!formId) return below(letGoForm(here, user, newFormId(entropy), []));
      const reason = tidyText(request.values['reason']);
      const faults = faultsOfReason(reason);
      if (faults.length > 0) return letGoForm(here, user, formId, faults);
      const { id: by } = request.operator;
      const changes = { after: { letGo: true }, ...(reason === '' ? {} : { reason }) };
      const { kind } = await reminders.letGo(
        { userId: user.id, deletion: user.deletion, by, at: request.now, reason },
        user.restoreBy,
        effectOf(request, user, formId, changes),
      );
      return kind === 'done' ? settle(here, word('reminder-user.let-go')) : show(here);
    },

    /** Asks until when, then this conversation hears nothing of the user before. */
    async snooze(request: CustomerRequest<Frozen['snooze']>): Promise<Reply | Denied> {
      const { form: formId, ...frozen } = request.frozen;
      const here: Target = { ...request, frozen };
      const user = await openUser(here);
      if (!('restoreBy' in user)) return formId ? user : below(user);
      if (!formId) return below(await snoozeForm(here, user, newFormId(entropy), []));
      const clocks = await clocksOf(here);
      const read = readSnooze(request.values['until'], user, request.now, clocks);
      if ('fault' in read) return snoozeForm(here, user, formId, [{ field: 'until', reason: read.fault }]);
      const { until } = read;
      const { userId, conversation } = frozen;
      const outcome = await reminders.snooze(
        { userId, conversation, deletion: user.deletion, until, by: request.operator.id },
        user.restoreBy,
        { ...effectOf(request, user, formId, { after: { snoozedUntil: until } }), result: { until } },
      );
      const first = outcome.kind === 'repeated' ? (outcome.result['until'] ?? until) : until;
      const at = hourOfDay(first, clocks.hour, clocks.timeZone) ?? new Date(request.now.getTime() + dayMs);
      return settle(here, word('reminder-user.snoozed', { at }));
    },
  };
}

function targetOf({ customer, frozen }: Pick<Target, 'customer' | 'frozen'>) {
  const { userId, conversation } = frozen;
  return { customerId: customer.id, userId, conversation };
}

function faultsOfReason(reason: string): Fault[] {
  if (reason.length > longestReason) return [{ field: 'reason', reason: 'too-long', limit: longestReason }];
  return hasControlCharacters(reason) ? [{ field: 'reason', reason: 'control-characters' }] : [];
}

function effectOf(
  { customer, operator, now }: CustomerRequest,
  { id: userId, userPrincipalName: target }: DeletedUser,
  formId: string,
  details: NonNullable<AuditEntry['details']>,
) {
  const entry: AuditEntry = {
    ...{
      at: now,
      operator: operator.id,
      action: 'update_reminders',
      customerId: customer.id,
      target,
      userId,
    },
    outcome: 'success',
    details,
  };
  return { id: effectId(formId), result: {}, audit: [entry] };
}

import { z } from 'zod';
import { deriveToken, effectId, isFormId, newFormId, type HandOverRecord } from '../domain/hand-over';
import { letterWithUserName, newLetter, userNameLetterId, type LetterRecord } from '../domain/letter';
import type { ActiveUser } from '../domain/user';
import { word } from '../ports/card';
import { accountsOf } from './accounts-view';
import { below } from './below';
import { customerOf } from './customer-view';
import type { CustomerRequest, Denied, Reply } from './feature';
import { guarded } from './guarded';
import { handOverTitles } from './hand-over-card';
import { createHandOverView, type HandOverDeps } from './hand-over-view';
import { letterForm, readLetterForm, targetOf } from './letter-form';
import { resetPasswords } from './reset';
import { userGone } from './user-gone';

const target = { customerId: z.string(), handOverId: z.string() };
const shown = {
  ...target,
  title: z.enum(handOverTitles),
  token: z.string().optional(),
  letterId: z.string().optional(),
};
const form = z.string().refine(isFormId);
export const handOverFrozen = {
  refresh: z.strictObject(shown),
  /** `below`: from a card about more than this link, which stays and may be of another day. */
  ask: z.strictObject({ ...shown, below: z.literal(true).optional() }),
  issue: z.strictObject({ ...target, form }),
  /** Without a form it asks for the address, with one the letter is queued. */
  mail: z.strictObject({ ...shown, form: form.optional() }),
};
type Frozen = { readonly [Step in keyof typeof handOverFrozen]: z.infer<(typeof handOverFrozen)[Step]> };

interface Found {
  readonly record: HandOverRecord;
  readonly letter: LetterRecord | null;
  readonly userName: LetterRecord | null;
  readonly users: readonly ActiveUser[];
}

interface Sought {
  readonly handOverId: string;
  readonly letterId?: string | undefined;
}

/** How a temporary password reaches its owner: a one-time link, whose state the operator sees. */
export function createHandOver(deps: HandOverDeps) {
  const { directory, handOvers, letters, entropy, mails } = deps;
  const view = createHandOverView(deps);

  /** The hand-over of the card; of a letter, the one that its latest attempt made. */
  const find = async (request: CustomerRequest, { handOverId, letterId }: Sought): Promise<Found | null> => {
    const letter = letterId === undefined ? null : await letters.find(letterId);
    const userName = letter && (await letters.find(userNameLetterId(letter.id)));
    const record = await handOvers.find(letter?.handOverId ?? handOverId);
    if (record?.customerId !== request.customer.id) return null;
    const users = await directory.findUsers(request.customer.id, record.userIds);
    return users.length === record.userIds.length ? { record, letter, userName, users } : null;
  };

  const show = async (request: CustomerRequest<Frozen['refresh']>): Promise<Reply> => {
    const { title, token = null } = request.frozen;
    const found = await find(request, request.frozen);
    const { record = null, letter = null, userName = null } = found ?? {};
    return view.show(request, record, { title, token, letter, userName });
  };

  const queue = async (
    request: CustomerRequest<Frozen['mail']>,
    { user, form: sent }: { readonly user: ActiveUser; readonly form: string },
  ): Promise<Reply> => {
    const { customer, operator, now, frozen } = request;
    const filled = readLetterForm(request, user);
    if ('faults' in filled) return letterForm(request, user, { form: sent, faults: filled.faults });
    const { handOverId } = frozen;
    const of = { customerId: customer.id, userId: user.id, handOverId, importId: null };
    const wanted = { ...of, operator: operator.id, language: filled.language };
    const letter = newLetter(wanted, filled.email, now, entropy);
    const { userNameEmail } = filled;
    const beside = userNameEmail === null ? null : letterWithUserName(letter, userNameEmail);
    const letterId = await letters.queue(letter, effectId(sent), beside);
    return show({ ...request, frozen: { ...targetOf(frozen), letterId } });
  };

  const askFor = async (request: CustomerRequest<Frozen['refresh']>): Promise<Reply | Denied> => {
    const { customer, frozen } = request;
    const found = await find(request, frozen);
    if (!found) return userGone(customer);
    const denied = guarded(request, 'reset_password', found.users);
    if (denied) return denied;

    const { customerId, handOverId } = frozen;
    const data = {
      ...customerOf(customer),
      title: word('hand-over-ask.question', { count: found.users.length }),
      ...accountsOf(found.users),
      consequence: word('hand-over-ask.consequence', { count: found.users.length }),
      issue: { customerId, handOverId, form: newFormId(entropy) },
      cancel: frozen,
    };
    return { audience: 'operator', card: { name: 'hand-over-ask', data } };
  };

  /** What the card says may be over: a link that was opened or replaced meanwhile is shown as it is now. */
  const askUnopened = async (request: CustomerRequest<Frozen['refresh']>): Promise<Reply | Denied> => {
    const found = await find(request, request.frozen);
    return found && found.record.state !== 'waiting' ? show(request) : askFor(request);
  };

  return {
    /** Shows the state of the link as it is now. */
    refresh: show,

    /** Asks for an address, and queues a letter to it: a reset, with that right and that guard, at each attempt. */
    async mail(request: CustomerRequest<Frozen['mail']>): Promise<Reply | Denied> {
      const found = await find(request, request.frozen);
      const [user, ...others] = found?.users ?? [];
      if (!user || others.length > 0) return userGone(request.customer);
      const denied = guarded(request, 'reset_password', [user]);
      if (denied) return denied;
      const { form: sent } = request.frozen;
      if (!mails) return show(request);
      return sent === undefined
        ? letterForm(request, user, { form: newFormId(entropy), faults: [] })
        : queue(request, { user, form: sent });
    },

    /** Asks before a new password and link are made, which end the old ones. */
    async ask(request: CustomerRequest<Frozen['ask']>): Promise<Reply | Denied> {
      const { below: elsewhere, ...frozen } = request.frozen;
      const here = { ...request, frozen };
      return elsewhere ? below(await askUnopened(here)) : askFor(here);
    },

    /** Issue again: a reset for each user of the hand-over, with that right and that guard. */
    async issue(request: CustomerRequest<Frozen['issue']>): Promise<Reply | Denied> {
      const { form } = request.frozen;
      const asIssued = { title: 'issued', token: deriveToken(form) } as const;
      const before = await view.shownBefore(request, asIssued);
      if (before) return before;

      const found = await find(request, request.frozen);
      if (!found) return userGone(request.customer);
      const { users, record } = found;
      const denied = guarded(request, 'reset_password', users);
      if (denied) return denied;
      const issuedId = await resetPasswords(
        request,
        { users, form, row: record.row },
        { directory, entropy },
      );
      return view.show(request, issuedId === null ? null : await handOvers.find(issuedId), asIssued);
    },
  };
}

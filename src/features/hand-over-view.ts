import type { Entropy } from '../domain/entropy';
import { hashToken, newFormId, type HandOverRecord } from '../domain/hand-over';
import { isAllowed } from '../domain/permission';
import type { CardData } from '../ports/card';
import type { Directory } from '../ports/directory';
import type { LetterRecord } from '../domain/letter';
import type { HandOvers } from '../ports/hand-overs';
import type { Letters } from '../ports/letters';
import type { CustomerRequest, Denied, Reply } from './feature';
import { guarded } from './guarded';
import { handOverReply, type HandOverTitle } from './hand-over-card';
import { userGone } from './user-gone';

export interface HandOverDeps {
  readonly directory: Directory;
  readonly handOvers: HandOvers;
  readonly entropy: Entropy;
  readonly publicUrl: string;
  readonly letters: Pick<Letters, 'find' | 'queue'>;
  /** A mail server is configured. */
  readonly mails: boolean;
}

interface Shown {
  readonly title: HandOverTitle;
  /** The token of the link, where the reader may still see it. */
  readonly token: string | null;
  readonly letter?: LetterRecord | null;
  /** Beside it, with the user name. */
  readonly userName?: LetterRecord | null;
}

/** What a form leads to, by the token derived from it. */
interface Made extends Shown {
  readonly token: string;
}

/** Shows a hand-over to its operator, the same whichever step led to it. */
export function createHandOverView({ directory, handOvers, entropy, publicUrl, mails }: HandOverDeps) {
  /** What goes on from a user that was added in a row: another one, and one sheet for all from the second on. */
  const rowButtons = async (request: CustomerRequest, { row, userIds }: HandOverRecord) => {
    const from = userIds.at(-1);
    if (row === null || from === undefined || !isAllowed(request.operator.partnerRole, 'create_user'))
      return {};
    const target = { customerId: request.customer.id, row };
    const inRow = new Set((await handOvers.inRow(row)).flatMap((one) => one.userIds));
    const sheet: { sheet?: CardData } =
      inRow.size > userIds.length ? { sheet: { ...target, form: newFormId(entropy) } } : {};
    return { again: { ...target, from }, ...sheet };
  };

  /** Licenses of a user that was just created: the form opens below, the link stays in sight. */
  const licensesButton = (
    { customer, operator }: CustomerRequest,
    { userIds }: HandOverRecord,
    title: HandOverTitle,
  ): { licenses?: CardData } => {
    if (title !== 'created' || !isAllowed(operator.partnerRole, 'assign_licence')) return {};
    return { licenses: { customerId: customer.id, userIds: userIds.join(','), below: true } };
  };

  const show = async (
    request: CustomerRequest,
    record: HandOverRecord | null,
    { title, token, letter = null, userName = null }: Shown,
  ): Promise<Reply> => {
    const { customer, operator, now } = request;
    const users = record ? await directory.findUsers(customer.id, record.userIds) : [];
    if (!record || users.length === 0) return userGone(customer);
    const mayIssue = isAllowed(operator.partnerRole, 'reset_password');
    const buttons = {
      ...(await rowButtons(request, record)),
      ...licensesButton(request, record, title),
    };
    const shown = { title, customer, users, record, letter, userName, token, publicUrl, mayIssue, mails };
    return handOverReply({ ...shown, ...buttons }, now);
  };

  return {
    show,

    /**
     * What the form led to when it was sent before, or null. Its link is a password: whoever could not have sent the
     * form is refused that, too.
     */
    async shownBefore(request: CustomerRequest, { title, token }: Made): Promise<Reply | Denied | null> {
      const made = await handOvers.findByToken(hashToken(token));
      if (!made) return null;
      const users = await directory.findUsers(request.customer.id, made.userIds);
      const denied = guarded(request, title === 'created' ? 'create_user' : 'reset_password', users);
      return denied ?? show(request, made, { title, token });
    },
  };
}

import type { Entropy } from '../domain/entropy';
import { deriveToken, hashToken, newFormId, type HandOverRecord } from '../domain/hand-over';
import { isAllowed } from '../domain/permission';
import type { CardData } from '../ports/card';
import type { Directory } from '../ports/directory';
import type { HandOvers } from '../ports/hand-overs';
import type { CustomerRequest, Reply } from './feature';
import { handOverReply, type HandOverTitle } from './hand-over-card';
import { userGone } from './user-gone';

export interface HandOverDeps {
  readonly directory: Directory;
  readonly handOvers: HandOvers;
  readonly entropy: Entropy;
  readonly publicUrl: string;
}

/** Shows a hand-over to its operator, the same whichever step led to it. */
export function createHandOverView({ directory, handOvers, entropy, publicUrl }: HandOverDeps) {
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

  return {
    /** What the form led to when it was sent before, or null. */
    madeBy: (form: string): Promise<HandOverRecord | null> =>
      handOvers.findByToken(hashToken(deriveToken(form))),

    async show(
      request: CustomerRequest,
      record: HandOverRecord | null,
      { title, token }: { title: HandOverTitle; token: string | null },
    ): Promise<Reply> {
      const { customer, operator, now } = request;
      const users = record ? await directory.findUsers(customer.id, record.userIds) : [];
      if (!record || users.length === 0) return userGone(customer);
      const mayIssue = isAllowed(operator.partnerRole, 'reset_password');
      const buttons = {
        ...(await rowButtons(request, record)),
        ...licensesButton(request, record, title),
      };
      return handOverReply({ title, customer, users, record, token, publicUrl, mayIssue, ...buttons }, now);
    },
  };
}

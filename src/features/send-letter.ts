import { setTimeout as sleep } from 'node:timers/promises';
import type { Customer } from '../domain/customer';
import type { Entropy } from '../domain/entropy';
import { deriveToken, handOverLifetime, newFormId } from '../domain/hand-over';
import { isHopeless, nextAttempt, type LetterRecord } from '../domain/letter';
import { mayAdminister } from '../domain/guard';
import { isAllowed } from '../domain/permission';
import type { ActiveUser } from '../domain/user';
import type { AuditEntry } from '../ports/audit';
import type { Clock } from '../ports/clock';
import type { Directory } from '../ports/directory';
import type { HandOvers } from '../ports/hand-overs';
import { LetterLost, type LetterEnd, type Letters } from '../ports/letters';
import type { Log } from '../ports/log';
import type { Mail, MailOutcome } from '../ports/mail';
import type { Operator, Operators } from '../ports/operators';
import { isInScope } from './picked-customer';
import { resetPasswords } from './reset';

/** Milliseconds between attempts to note that a letter was sent: unnoted, it would be sent once more. */
const noteAgainAfter = [500, 2_000, 5_000] as const;
export interface SendLetterDeps {
  readonly letters: Letters;
  readonly directory: Directory;
  readonly handOvers: Pick<HandOvers, 'find'>;
  readonly operators: Pick<Operators, 'find'>;
  readonly mail: Mail;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly publicUrl: string;
}

interface Concerned {
  readonly customer: Customer;
  readonly user: ActiveUser;
  readonly operator: Operator;
}

/** What became of a letter. `later`: no server took it. `over`: there was nothing to send any more. */
export type Attempted = 'sent' | 'refused' | 'later' | 'over';

interface Attempt {
  /** Letters of imports in a row, just before this one, that no server took. */
  readonly troubles: number;
  readonly ending: AbortSignal;
}

/**
 * One attempt to send a letter that was claimed. Each that sends a link makes a new password and link, so that nothing
 * secret has to be kept.
 */
export function createSendLetter(deps: SendLetterDeps) {
  const { letters, directory, handOvers, operators, mail, clock, entropy, log, publicUrl } = deps;

  const finish = async (letter: LetterRecord, end: LetterEnd, ending: AbortSignal): Promise<void> => {
    for (const pause of noteAgainAfter) {
      try {
        await letters.finish(letter, end);
        return;
      } catch (error) {
        log.warn({ letterId: letter.id, err: error }, 'The result of a letter could not be noted yet.');
        await sleep(pause, undefined, { signal: ending }).catch(() => undefined);
        if (ending.aborted) break;
      }
    }
    await letters.finish(letter, end);
  };

  /** Rights are those of now: between two attempts an operator may have lost them. */
  const concernedBy = async (letter: LetterRecord): Promise<Concerned | 'gone' | 'not-allowed'> => {
    const { customerId, userId } = letter;
    const customer = await directory.findCustomer(customerId);
    const [user] = await directory.findUsers(customerId, [userId]);
    if (!customer || !user) return 'gone';
    const operator = await operators.find(letter.operator);
    const allowed =
      operator &&
      isInScope(operator, customerId) &&
      isAllowed(operator.partnerRole, 'reset_password') &&
      mayAdminister(operator.partnerRole, user.roles);
    return allowed ? { customer, user, operator } : 'not-allowed';
  };

  /** A new password behind a new link; the ones before die. */
  const freshLink = async (letter: LetterRecord, { customer, user, operator }: Concerned) => {
    const now = clock.now();
    const form = newFormId(entropy);
    const former = letter.handOverId === null ? null : await handOvers.find(letter.handOverId);
    const attempt = { id: letter.id, attempt: letter.attempts, importId: letter.importId };
    const reset = { users: [user], form, row: former?.row ?? null, letter: attempt };
    const made = await resetPasswords({ customer, operator, now }, reset, { directory, entropy });
    if (made === null) throw new LetterLost('The user is gone.');
    const link = `${publicUrl}/s/${deriveToken(form)}`;
    return { says: 'link', link, until: new Date(now.getTime() + handOverLifetime) } as const;
  };

  const post = async (letter: LetterRecord, to: string, concerned: Concerned, ending: AbortSignal) => {
    const { displayName, userPrincipalName } = concerned.user;
    const about = { to, language: letter.language, displayName, customerName: concerned.customer.name };
    const what =
      letter.says === 'user-name'
        ? ({ says: 'user-name', userPrincipalName } as const)
        : await freshLink(letter, concerned);
    return mail.send({ ...about, ...what }, ending);
  };

  const conclude = async (
    letter: LetterRecord,
    outcome: MailOutcome,
    user: ActiveUser,
    { troubles, ending }: Attempt,
  ): Promise<Attempted> => {
    const at = clock.now();
    if (outcome.kind === 'sent') {
      await finish(letter, { state: 'sent', at, audit: [auditOf(letter, user, at, 'success')] }, ending);
      return 'sent';
    }
    const { id: letterId, attempts } = letter;
    log.warn({ letterId, attempts, code: outcome.code }, 'The mail server has not taken a letter.');
    const audit = [auditOf(letter, user, at, 'failure')];
    if (outcome.kind === 'refused' && !isPassing(outcome, letter)) {
      await finish(letter, { state: 'refused', refusedBecause: outcome.because, at, audit }, ending);
      return 'refused';
    }
    const next = nextAttempt(letter, at, troubles + 1);
    if (next) await letters.putOff(letter, next, at);
    else await finish(letter, { state: 'given-up', at, audit }, ending);
    return next ? 'later' : 'over';
  };

  return async (letter: LetterRecord, attempt: Attempt): Promise<Attempted> => {
    const { ending, troubles } = attempt;
    const over = async (end: LetterEnd): Promise<Attempted> => {
      await finish(letter, end, ending);
      return 'over';
    };
    const concerned = await concernedBy(letter);
    const at = clock.now();
    if (concerned === 'gone' || letter.email === null) return over({ state: 'ended', at, audit: [] });
    if (concerned === 'not-allowed') {
      const [user] = await directory.findUsers(letter.customerId, [letter.userId]);
      const audit = user ? [auditOf(letter, user, at, 'denied')] : [];
      return over({ state: 'not-allowed', at, audit });
    }
    const { user } = concerned;
    if (isHopeless(letter, at, troubles))
      return over({ state: 'given-up', at, audit: [auditOf(letter, user, at, 'failure')] });
    return conclude(letter, await post(letter, letter.email, concerned, ending), user, attempt);
  };
}

/** Where Rollcall may not send, it may send none of very many letters: they wait until that is put right. */
function isPassing({ because }: Extract<MailOutcome, { kind: 'refused' }>, letter: LetterRecord): boolean {
  return because === 'sender' && letter.importId !== null;
}

function auditOf(
  { customerId, operator, shownEmail }: LetterRecord,
  { id, userPrincipalName }: ActiveUser,
  at: Date,
  outcome: AuditEntry['outcome'],
): AuditEntry {
  const entry = { at, operator, action: 'send_hand_over', customerId, outcome } as const;
  return { ...entry, target: userPrincipalName, userId: id, details: { after: { email: shownEmail } } };
}

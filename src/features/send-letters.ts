import { setTimeout as sleep } from 'node:timers/promises';
import type { Customer } from '../domain/customer';
import type { Entropy } from '../domain/entropy';
import { deriveToken, handOverLifetime, newFormId } from '../domain/hand-over';
import { nextAttempt, type LetterRecord } from '../domain/letter';
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

/** Milliseconds: longer than an attempt takes, so that no other process takes up a letter that is being sent. */
const lease = 120_000;
/** Milliseconds between attempts to note that a letter was sent: unnoted, it would be sent once more. */
const noteAgainAfter = [500, 2_000, 5_000] as const;
/** So many letters are sent at the same time. */
const lanes = 3;

export interface LetterWorkerDeps {
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

/** Sends what is queued. Each attempt makes a new password and link, so that nothing secret has to be kept. */
export function createLetterWorker(deps: LetterWorkerDeps) {
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

  const post = async (letter: LetterRecord, to: string, concerned: Concerned, ending: AbortSignal) => {
    const { customer, user, operator } = concerned;
    const now = clock.now();
    const form = newFormId(entropy);
    const former = letter.handOverId === null ? null : await handOvers.find(letter.handOverId);
    const reset = { users: [user], form, row: former?.row ?? null };
    const attempt = { id: letter.id, attempt: letter.attempts };
    const occasion = { customer, operator, now };
    const made = await resetPasswords(occasion, { ...reset, letter: attempt }, { directory, entropy });
    if (made === null) throw new LetterLost('The user is gone.');
    const { language } = letter;
    const link = `${publicUrl}/s/${deriveToken(form)}`;
    const until = new Date(now.getTime() + handOverLifetime);
    const says = { displayName: user.displayName, customerName: customer.name, link, until };
    return mail.send({ to, language, ...says }, ending);
  };

  const conclude = async (
    letter: LetterRecord,
    outcome: MailOutcome,
    user: ActiveUser,
    ending: AbortSignal,
  ): Promise<void> => {
    const at = clock.now();
    const end = (state: LetterEnd['state'], audited: AuditEntry['outcome']) =>
      finish(letter, { state, at, audit: [auditOf(letter, user, at, audited)] }, ending);
    if (outcome.kind === 'sent') return end('sent', 'success');
    const audit = [auditOf(letter, user, at, 'failure')];
    if (outcome.kind === 'refused')
      return finish(letter, { state: 'refused', refusedBecause: outcome.because, at, audit }, ending);
    const next = nextAttempt(letter, at);
    return next ? letters.putOff(letter, next, at) : end('given-up', 'failure');
  };

  const serve = async (letter: LetterRecord, ending: AbortSignal): Promise<void> => {
    const concerned = await concernedBy(letter);
    const at = clock.now();
    if (concerned === 'gone' || letter.email === null)
      return finish(letter, { state: 'ended', at, audit: [] }, ending);
    if (concerned === 'not-allowed') {
      const [user] = await directory.findUsers(letter.customerId, [letter.userId]);
      const audit = user ? [auditOf(letter, user, at, 'denied')] : [];
      return finish(letter, { state: 'not-allowed', at, audit }, ending);
    }
    const outcome = await post(letter, letter.email, concerned, ending);
    await conclude(letter, outcome, concerned.user, ending);
  };

  const lane = async (ending: AbortSignal): Promise<void> => {
    while (!ending.aborted) {
      const now = clock.now();
      const letter = await letters.claimDue(now, new Date(now.getTime() + lease));
      if (!letter) return;
      await serve(letter, ending).catch((error: unknown) => {
        const said = { letterId: letter.id, attempts: letter.attempts, err: error };
        if (error instanceof LetterLost) log.info(said, 'A letter was ended before it was sent.');
        else log.warn(said, 'A letter could not be sent; it is tried again.');
      });
    }
  };

  return {
    /** Sends what is due. Run twice, or in two processes, each letter is sent by one of them. Never throws. */
    async runDue(ending: AbortSignal): Promise<void> {
      const done = await Promise.allSettled(Array.from({ length: lanes }, () => lane(ending)));
      for (const one of done)
        if (one.status === 'rejected')
          log.warn({ err: one.reason as unknown }, 'Letters could not be looked at; they are next time.');
    },
  };
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

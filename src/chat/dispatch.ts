import type { Entropy } from '../domain/entropy';
import type { PartnerAction } from '../domain/permission';
import type { Outcome, Reply } from '../features/feature';
import type { Audit } from '../ports/audit';
import type { Clock } from '../ports/clock';
import type { IncomingFile } from '../ports/incoming-file';
import type { LiveCards } from '../ports/live-cards';
import type { Log } from '../ports/log';
import type { Metrics, TurnOutcome } from '../ports/metrics';
import { StorageAway } from '../ports/storage-away';
import type { Admit, Call } from './admission';
import { auditedAs } from './audited-as';
import { parseCommandLine } from './command-line';
import type { Answer, Command, Dispatch } from './door';
import { inTime } from './in-time';
import { isRecord } from './is-record';
import { notices } from './notices';
import type { Router } from './router';

/** Every command is answered within this many milliseconds, whatever the database does. */
const answerWithin = 4_500;

interface Deps {
  readonly router: Router;
  readonly admit: Admit;
  readonly audit: Audit;
  readonly liveCards: LiveCards;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** One command on its way through the house. */
interface Turn {
  readonly command: Command;
  /** Stands in the log and on an error card. */
  readonly reference: string;
  readonly started: Date;
  verb: string;
  outcome: TurnOutcome;
  /** A step that stores something has begun, and may have stored it. */
  mayHaveStored: boolean;
  /** It was answered already because its time was up: nothing may be stored any more. */
  late: boolean;
}

export function createDispatch(deps: Deps): Dispatch {
  const { router, admit, audit, liveCards, clock, entropy, metrics, log } = deps;

  const refuse = async (
    turn: Turn,
    right: PartnerAction,
    reply: Reply,
    at: { customerId?: string | null; target?: string } = {},
  ) => {
    turn.outcome = 'denied';
    turn.mayHaveStored = false;
    await audit.record({
      at: clock.now(),
      operator: turn.command.operator,
      action: auditedAs(right, turn.verb),
      customerId: at.customerId ?? null,
      target: at.target ?? '',
      outcome: 'denied',
    });
    return reply;
  };

  const run = async (turn: Turn, call: Call): Promise<Reply> => {
    turn.verb = call.verb;
    const admission = await admit(turn.command, call, clock.now());
    switch (admission.kind) {
      case 'denied':
        return refuse(turn, call.route.right, admission.reply, admission);
      case 'customer-gone':
        return admission.reply;
      case 'customer-needed':
        return finish(turn, await pickCustomer(call, admission.request));
      case 'admitted':
        if (turn.late) throw new StorageAway(false);
        turn.mayHaveStored ||= call.route.effect;
        return finish(turn, await call.route.handle(admission.request));
    }
  };

  const finish = async (turn: Turn, outcome: Outcome): Promise<Reply> => {
    if ('denied' in outcome) {
      const { action, target, customerId, roles, notice } = outcome.denied;
      const reply = notice ? notices.refused(notice) : roles ? notices.denied(roles) : notices.stale();
      return refuse(turn, action, reply, { target, customerId });
    }
    if ('goOn' in outcome) {
      const { command, text, customerId } = outcome.goOn;
      return run(turn, { ...typedCall(command, text), customerId });
    }
    return outcome;
  };

  const typedCall = (name: string, text: string): Call => {
    const verb = router.commands[name] ?? '';
    const route = router.routes[verb];
    if (!route) throw new Error(`The command "${name}" leads to no step.`);
    return { verb, route, text, data: {} };
  };

  const pickCustomer = (
    call: Call,
    request: Parameters<Call['route']['handle']>[0],
  ): Promise<Outcome> | Outcome => {
    const name = Object.keys(router.commands).find((key) => router.commands[key] === call.verb);
    const next = name ? { next: { command: name, text: call.text } } : {};
    return typedCall('customers', '').route.handle({ ...request, text: '', values: {}, frozen: next });
  };

  const answerTyped = (turn: Turn, line: string): Promise<Reply> | Reply => {
    const parsed = parseCommandLine(line, Object.keys(router.commands));
    if (parsed.kind === 'known') return run(turn, typedCall(parsed.command, parsed.text));
    const nearest = parsed.nearest
      ? { command: parsed.nearest, verb: router.commands[parsed.nearest] ?? '' }
      : null;
    const { prefix, conversation } = turn.command;
    return notices.unknownCommand(conversation.kind === 'personal' ? parsed.typed : null, nearest, prefix);
  };

  const answerPressed = (turn: Turn, verb: string, data: unknown): Promise<Reply> => {
    const route = Object.hasOwn(router.routes, verb) ? router.routes[verb] : undefined;
    if (!route) return refuse(turn, 'list_customers', notices.stale());
    return run(turn, { verb, route, text: '', data: isRecord(data) ? data : {} });
  };

  const answerFile = (turn: Turn, file: IncomingFile): Promise<Reply> => {
    const { verb, routeOf } = router.files;
    return run(turn, { verb, route: routeOf(file), text: '', data: {} });
  };

  const answerInput = (turn: Turn): Promise<Reply> | Reply => {
    const { input } = turn.command;
    switch (input.kind) {
      case 'typed':
        return answerTyped(turn, input.text);
      case 'pressed':
        return answerPressed(turn, input.verb, input.data);
      case 'file':
        return answerFile(turn, input.file);
    }
  };

  const answerFault = (turn: Turn, error: unknown): Reply => {
    turn.outcome = 'failed';
    const { reference, verb, mayHaveStored } = turn;
    if (error instanceof StorageAway) {
      log.warn({ reference, verb, err: error }, 'MongoDB does not answer.');
      return notices.storageAway(mayHaveStored);
    }
    log.error({ reference, verb, err: error }, 'A command failed unexpectedly.');
    return notices.unexpected(reference);
  };

  const report = (turn: Turn): void => {
    const { command, reference, verb, outcome, started } = turn;
    const seconds = (clock.now().getTime() - started.getTime()) / 1000;
    metrics.turn({ door: command.door, feature: verb.split('.')[0] ?? verb, outcome, seconds });
    log.info({ reference, door: command.door, verb, outcome, seconds }, 'A command was answered.');
  };

  const delivered = async (
    turn: Turn,
    reply: Reply,
    here: boolean,
    address: Parameters<Answer['delivered']>[0],
  ) => {
    const { locale } = turn.command;
    try {
      if (reply.live) await liveCards.remember({ ...reply.live, address, locale });
      else if (here) await liveCards.forget(address);
    } catch (error) {
      log.warn(
        { reference: turn.reference, err: error },
        'A card could not be noted; it will not change by itself.',
      );
    }
  };

  return async (command) => {
    const reference = entropy.bytes(5).toString('hex');
    const turn: Turn = {
      command,
      reference,
      started: clock.now(),
      verb: 'unknown',
      outcome: 'answered',
      mayHaveStored: false,
      late: false,
    };
    const answering = async (): Promise<Reply> => answerInput(turn);
    const giveUp = () => {
      turn.late = true;
      return new StorageAway(turn.mayHaveStored);
    };
    const reply = await inTime(answering(), answerWithin, giveUp).catch((error: unknown) =>
      answerFault(turn, error),
    );
    report(turn);

    const place = command.input.kind === 'pressed' ? (reply.place ?? 'here') : 'below';
    return {
      card: reply.card,
      locale: command.locale,
      audience: reply.audience,
      place,
      delivered: (address) => delivered(turn, reply, place === 'here', address),
    };
  };
}

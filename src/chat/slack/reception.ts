import type { Log } from '../../ports/log';
import type { SlackCalls } from './calls';
import { parseEnvelope, type Incoming, type Sender } from './envelope';
import { logged } from './failure';
import type { RunFiles } from './files';
import type { Identity } from './identity';
import { inputOf } from './inputs';
import type { Once } from './once';
import type { Acknowledgement } from './in-view';
import type { Identified } from './results';
import type { RunSubmission } from './submissions';
import type { RunTurn } from './turns';
import type { DoorWords } from './words';

/** What goes back for a delivery; nothing is enough for most. `send-again`: not taken, Slack is to deliver it later. */
export type Reply =
  Acknowledgement | { readonly response_type: 'ephemeral'; readonly text: string } | 'send-again';

/**
 * Takes what Slack delivers, by whichever way. `reply` is called once, at once but for submissions; what it rejects with
 * is logged. Never throws; resolves when everything is done.
 */
export type Receive = (
  body: Readonly<Record<string, unknown>>,
  reply: (body?: Reply) => Promise<void> | void,
) => Promise<void>;

interface ReceptionDeps {
  readonly calls: Pick<SlackCalls, 'respond'>;
  readonly identity: Pick<Identity, 'current'>;
  readonly once: Once;
  readonly runTurn: RunTurn;
  readonly runSubmission: RunSubmission;
  readonly runFiles: RunFiles;
  readonly words: DoorWords;
  readonly log: Log;
}

/** Events: Slack delivers them up to three times more, within some minutes. All else it delivers once. */
const redelivered: readonly Incoming['what']['kind'][] = ['said', 'files', 'home-opened'];

export function createReceive(deps: ReceptionDeps): Receive {
  const { calls, identity, once, runTurn, runSubmission, runFiles, words, log } = deps;
  const notReadyText = (): string => words.t({ language: 'en', timeZone: 'UTC' }, 'slack.not-ready');

  /** Nobody knows yet whose the sender is: nothing is done, and they are told where that can be. */
  const notReady = async ({ what, responseUrl }: Incoming, reply: (body?: Reply) => Promise<void>) => {
    log.warn({ door: 'slack', kind: what.kind }, 'Slack has not said yet who we are: nothing was done.');
    if (redelivered.includes(what.kind)) return reply('send-again');
    const text = notReadyText();
    if (what.kind === 'slash') return reply({ response_type: 'ephemeral', text });
    const block = what.kind === 'submission' ? firstInput(what.view.blocks) : null;
    if (block !== null) return reply({ response_action: 'errors', errors: { [block]: text } });
    await reply();
    if (responseUrl !== null) await calls.respond(responseUrl, text);
  };

  const take = async (
    incoming: Incoming,
    own: Identified,
    at: number,
    reply: (body?: Reply) => Promise<void>,
  ) => {
    const stranger = strangeIn(incoming.sender, own);
    const { what, trigger } = incoming;
    if (stranger !== null)
      log.warn({ door: 'slack', reason: stranger, kind: what.kind }, 'A delivery was refused.');
    if (stranger !== null || incoming.sender.user === own.botUserId) return reply();
    if (what.kind === 'files') {
      await reply();
      if (once.isNew(incoming.key)) await runFiles(incoming, what);
      return;
    }
    const input = inputOf(what, own.botUserId);
    if (!input) return reply();
    if (what.kind === 'submission') return runSubmission(incoming, { view: what.view, input, at }, reply);
    await reply();
    if (!once.isNew(incoming.key)) return;
    await runTurn(incoming, input, trigger === null ? null : { id: trigger, at });
  };

  return async (body, replyOnce) => {
    const at = performance.now();
    let isAnswered = false;
    const reply = async (content?: Reply): Promise<void> => {
      if (isAnswered) return;
      isAnswered = true;
      try {
        await replyOnce(content);
      } catch (error) {
        log.warn(logged(error), 'A delivery of Slack could not be acknowledged.');
      }
    };
    try {
      const incoming = parseEnvelope(body);
      const own = identity.current();
      if (!incoming) await reply();
      else if (own) await take(incoming, own, at, reply);
      else await notReady(incoming, reply);
    } catch (error) {
      log.error(logged(error), 'A delivery of Slack could not be worked on.');
    }
    await reply();
  };
}

/** Why somebody is refused; null where they belong to the one workspace that this is installed in. */
function strangeIn({ teams, enterprises }: Sender, { teamId, enterpriseId }: Identified): string | null {
  if (teams.length === 0 || teams.some((team) => team !== teamId)) return 'team';
  return enterprises.some((enterprise) => enterprise !== enterpriseId) ? 'enterprise' : null;
}

function firstInput(blocks: readonly unknown[]): string | null {
  for (const block of blocks) {
    const isInput = typeof block === 'object' && block !== null && 'type' in block && block.type === 'input';
    if (isInput && 'block_id' in block && typeof block.block_id === 'string') return block.block_id;
  }
  return null;
}

import type { Log } from '../../ports/log';
import type { Identified, SlackCalls } from './calls';
import { isOurToken, logged, SlackCallFailed } from './failure';
import { waited } from './retry';

/** Whom the bot token belongs to. Slack is asked in the background, until it says so. */
export interface Identity {
  /** Null until Slack has answered. */
  current(): Identified | null;
  /** Resolves with it, or with null where the process ends before. */
  readonly known: Promise<Identified | null>;
}

interface IdentityDeps {
  readonly calls: Pick<SlackCalls, 'authTest'>;
  readonly log: Log;
  /** Ends the asking. */
  readonly signal: AbortSignal;
  readonly firstWaitMs?: number;
}

const longestWaitMs = 60_000;

export function createIdentity({ calls, log, signal, firstWaitMs = 1_000 }: IdentityDeps): Identity {
  let current: Identified | null = null;
  const told = new Set<string>();

  const tell = (error: unknown): void => {
    const trouble = troubleOf(error);
    if (told.has(trouble)) return;
    told.add(trouble);
    log.error(logged(error), trouble);
  };

  const askUntilKnown = async (): Promise<Identified | null> => {
    for (let wait = firstWaitMs; !signal.aborted; wait = Math.min(wait * 2, longestWaitMs)) {
      try {
        current = await calls.authTest();
        const { teamId, enterpriseId } = current;
        log.info({ teamId, enterpriseId }, 'Slack is connected.');
        return current;
      } catch (error) {
        tell(error);
      }
      await waited(wait, signal);
    }
    return null;
  };

  return { current: () => current, known: askUntilKnown() };
}

/** What to do stands in it, for it is read by whoever set Rollcall up. */
function troubleOf(error: unknown): string {
  const meanwhile = 'Until then nothing is done for anybody in Slack; Rollcall goes on asking.';
  if (isOurToken(error))
    return `Slack does not take the token in SLACK_BOT_TOKEN: see that it is the bot token (xoxb-) of the app, and that the app is installed. ${meanwhile}`;
  if (error instanceof SlackCallFailed && error.kind === 'later')
    return `Slack does not answer: see that SLACK_API_URL can be reached from here. ${meanwhile}`;
  return `Slack did not say whom the token in SLACK_BOT_TOKEN belongs to: see the app's settings. ${meanwhile}`;
}

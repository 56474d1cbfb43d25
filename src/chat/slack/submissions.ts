import { setTimeout as sleep } from 'node:timers/promises';
import type { Locale } from '../../ports/chat';
import type { Log } from '../../ports/log';
import type { Answer, Command, Dispatch } from '../door';
import type { Foresee } from '../foresee';
import type { Incoming, IncomingView } from './envelope';
import { logged } from './failure';
import type { HomeTab } from './home-tab';
import { openViewOf, type Acknowledgement, type AnswerInView, type OpenView } from './in-view';
import type { SlackPeople } from './people';
import type { FindPlace } from './place';
import type { Turn } from './turn';
import { commandOf } from './turns';
import type { Views } from './views';

/** Slack waits for three seconds; what is not decided by then is shown as being worked on. */
const decideWithin = 2_000;
/** Slack shows first what acknowledged the submission: what follows at once would be covered by it. */
const pause = 300;

export type Acknowledge = (body?: Acknowledgement) => Promise<void>;
export type RunSubmission = (
  incoming: Incoming,
  sent: { readonly view: IncomingView; readonly input: Command['input']; readonly at: number },
  acknowledge: Acknowledge,
) => Promise<void>;

interface SubmissionDeps {
  readonly dispatch: Dispatch;
  readonly foresee: Foresee;
  readonly people: SlackPeople;
  readonly findPlace: FindPlace;
  readonly inView: AnswerInView;
  readonly homeTab: HomeTab;
  readonly views: Views;
  readonly log: Log;
}

interface Decided {
  readonly turn: Turn;
  readonly answer: Answer;
}

/** Forms that were sent: decided within two seconds, or else shown as being worked on. Never throws. */
export function createRunSubmission(deps: SubmissionDeps): RunSubmission {
  const { dispatch, foresee, people, findPlace, inView, homeTab, views, log } = deps;

  const decide = async (incoming: Incoming, input: Command['input'], heard: (locale: Locale) => void) => {
    const { user } = incoming.sender;
    const [person, place] = await Promise.all([people.who(user), findPlace(incoming.what, user)]);
    heard(person.locale);
    if (person.isForeign) return null;
    const command = commandOf(incoming, person, place, input);
    const turn: Turn = { incoming, trigger: null, place, foreseen: foresee(input), command };
    return { turn, answer: await dispatch(command) };
  };

  const afterwards = async ({ turn, answer }: Decided, open: OpenView): Promise<void> => {
    await inView.keep(answer, turn);
    await homeTab.refresh(turn, open.origin);
  };

  const run: RunSubmission = async (incoming, { view, input, at }, acknowledge) => {
    const open = openViewOf(view);
    if (!open) return acknowledge();
    let locale: Locale = { language: 'en', timeZone: 'UTC' };
    const deciding = decide(incoming, input, (heard) => (locale = heard));
    const left = Math.max(0, decideWithin - (performance.now() - at));
    const waiting = new AbortController();
    const late = sleep(left, 'late' as const, { signal: waiting.signal }).catch(() => 'late' as const);
    const first = await Promise.race([deciding, late]).finally(() => waiting.abort());
    if (first === 'late') {
      await acknowledge({ response_action: 'update', view: views.saying('working', locale) });
      const [decided] = await Promise.all([deciding, sleep(pause)]);
      if (!decided) return;
      await inView.carry(decided.answer, decided.turn, open);
      await afterwards(decided, open);
    } else if (first) {
      await acknowledge(inView.acknowledge(first.answer, open));
      await afterwards(first, open);
    } else {
      log.warn({ door: 'slack', reason: 'foreign-person' }, 'Somebody was refused.');
      await acknowledge();
    }
  };

  return async (incoming, sent, acknowledge) => {
    try {
      await run(incoming, sent, acknowledge);
    } catch (error) {
      log.error(logged(error), 'A form that was sent could not be answered.');
    }
  };
}

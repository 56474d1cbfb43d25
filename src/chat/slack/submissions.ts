import { setTimeout as sleep } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import type { Locale } from '../../ports/chat';
import type { Log } from '../../ports/log';
import type { Answer, Command, Dispatch } from '../door';
import type { Foresee } from '../foresee';
import type { SlackCalls } from './calls';
import type { Incoming, IncomingView } from './envelope';
import { originOf } from './answer';
import { logged } from './failure';
import type { HomeTab } from './home-tab';
import { openViewOf, strangeViewOf, type Acknowledgement, type AnswerInView, type OpenView } from './in-view';
import { keepNewest } from './keep-newest';
import type { SlackPeople } from './people';
import { withoutPictures } from './pictures';
import type { FindPlace } from './place';
import { restored } from './restored';
import { waited } from './retry';
import type { Turn } from './turn';
import { commandOf } from './turns';
import type { Views } from './views';

/** Slack waits for three seconds; what is not decided by then is shown as being worked on. */
const decideWithin = 2_000;
/** Slack shows first what acknowledged the submission: what follows at once would be covered by it. */
const pause = 300;
const mostAnswers = 200;

export type Acknowledge = (body?: Acknowledgement) => Promise<void>;
interface Sent {
  readonly view: IncomingView;
  readonly input: Command['input'];
  /** Milliseconds of performance.now() when it came in. */
  readonly at: number;
}
export type RunSubmission = (incoming: Incoming, sent: Sent, acknowledge: Acknowledge) => Promise<void>;

interface SubmissionDeps {
  readonly calls: Pick<SlackCalls, 'updateView'>;
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
  readonly open: OpenView;
}

/** Forms that were sent: decided within two seconds, or else shown as being worked on. Never throws. */
export function createRunSubmission(deps: SubmissionDeps): RunSubmission {
  const { calls, dispatch, foresee, people, findPlace, inView, homeTab, views, log } = deps;

  const decide = async (
    incoming: Incoming,
    { view, input, at }: Sent,
    heard: (locale: Locale) => void,
  ): Promise<Decided | null> => {
    const { user } = incoming.sender;
    const [person, place] = await Promise.all([people.who(user), findPlace(incoming.what, user)]);
    heard(person.locale);
    if (person.isForeign) {
      log.warn({ door: 'slack', reason: 'foreign-person' }, 'Somebody was refused.');
      return null;
    }
    const command = commandOf(incoming, person, place, input);
    const turn: Turn = { incoming, trigger: null, place, foreseen: foresee(input), command };
    const open = openViewOf(view, at) ?? strangeViewOf(view, at, originOf(turn));
    return { turn, open, answer: await dispatch(command) };
  };

  /** The result stays with the operator whether or not a view still shows it. */
  const afterwards = async ({ turn, answer, open }: Decided): Promise<void> => {
    await inView.keep(answer, turn);
    await homeTab.refresh(turn, open.origin);
  };

  /** What was typed can be sent again. */
  const notDelivered = (view: IncomingView, locale: Locale): ModalView => {
    const said = views.saying('not-delivered', locale);
    return restored(view, said) ?? said;
  };

  /** Whatever goes wrong, no view is left at "working". */
  const carryLate = async (deciding: Promise<Decided | null>, view: IncomingView, locale: Locale) => {
    try {
      await bringLate(deciding);
    } catch (error) {
      log.error(logged(error), 'A form that was sent could not be answered.');
      await calls.updateView(view.id, notDelivered(view, locale));
    }
  };

  const bringLate = async (deciding: Promise<Decided | null>): Promise<void> => {
    const [decided] = await Promise.all([deciding, sleep(pause)]);
    if (!decided) return;
    const kept = afterwards(decided);
    await inView.carryLate(decided.answer, decided.turn, decided.open).finally(() => kept);
  };

  const run: RunSubmission = async (incoming, sent, acknowledge) => {
    let locale: Locale = { language: 'en', timeZone: 'UTC' };
    const deciding = decide(incoming, sent, (heard) => (locale = heard));
    try {
      const first = await beforeLate(deciding, decideWithin - (performance.now() - sent.at));
      if (first === 'late') {
        await acknowledge({ response_action: 'update', view: views.saying('working', locale) });
        await carryLate(deciding, sent.view, locale);
      } else if (first) {
        // What is refused of an acknowledgement cannot be asked again: it goes without pictures.
        const acknowledgement = withoutPictures(inView.acknowledge(first.answer, first.open));
        await acknowledge(acknowledgement).finally(() => afterwards(first));
      } else await acknowledge();
    } catch (error) {
      log.error(logged(error), 'A form that was sent could not be answered.');
      await acknowledge({ response_action: 'update', view: notDelivered(sent.view, locale) });
    }
  };

  return createRepeatable(run);
}

async function beforeLate<T>(work: Promise<T>, milliseconds: number): Promise<T | 'late'> {
  const waiting = new AbortController();
  const late = waited(Math.max(0, milliseconds), waiting.signal).then(() => 'late' as const);
  return Promise.race([work, late]).finally(() => waiting.abort());
}

/** The same form delivered again is answered with the same words, and runs once. */
function createRepeatable(run: RunSubmission): RunSubmission {
  const answers = new Map<string, Promise<Acknowledgement | undefined>>();

  return async (incoming, sent, acknowledge) => {
    const { key } = incoming;
    const before = key === null ? undefined : answers.get(key);
    if (before) return acknowledge(await before);
    let running = Promise.resolve();
    const answer = new Promise<Acknowledgement | undefined>((answered) => {
      const tell: Acknowledge = (body) => {
        answered(body);
        return acknowledge(body);
      };
      running = run(incoming, sent, tell).finally(() => answered(undefined));
    });
    if (key !== null) keepNewest(answers, mostAnswers, [key, answer]);
    await running;
  };
}

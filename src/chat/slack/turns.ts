import type { Locale } from '../../ports/chat';
import type { Log } from '../../ports/log';
import type { Answer, Command, Dispatch } from '../door';
import type { Foresee } from '../foresee';
import type { CarryAnswer } from './answer';
import type { SlackCalls, Trigger } from './calls';
import type { Incoming } from './envelope';
import { logged } from './failure';
import type { HomeTab } from './home-tab';
import { openViewOf, type AnswerInView } from './in-view';
import type { Loading, Open } from './loading';
import type { Messages } from './messages';
import type { Once } from './once';
import type { SlackPeople, SlackPerson } from './people';
import type { FindPlace, Place } from './place';
import type { Turn } from './turn';
import type { Views } from './views';

type Input = Command['input'];

/** Everything but submissions: acknowledged already, answered by calls of our own. Never throws. */
export type RunTurn = (incoming: Incoming, input: Input, trigger: Trigger | null) => Promise<void>;

interface TurnDeps {
  readonly calls: SlackCalls;
  readonly dispatch: Dispatch;
  readonly foresee: Foresee;
  readonly people: SlackPeople;
  readonly findPlace: FindPlace;
  readonly once: Once;
  readonly open: Pick<Open, 'loading'>;
  readonly carryAnswer: CarryAnswer;
  readonly inView: AnswerInView;
  readonly homeTab: HomeTab;
  readonly messages: Messages;
  readonly views: Views;
  readonly log: Log;
}

interface Failed {
  readonly loading: Loading;
  readonly turn: Turn | null;
  /** Opens a view where nothing else would be seen. */
  readonly trigger: Trigger | null;
}

export function createRunTurn(deps: TurnDeps): RunTurn {
  const { calls, dispatch, foresee, people, findPlace, once, open, carryAnswer } = deps;
  const { inView, homeTab, messages, views, log } = deps;

  const carry = async (answer: Answer, turn: Turn, loading: Loading): Promise<void> => {
    const { what } = turn.incoming;
    if (what.kind === 'home-opened') return homeTab.show(answer, turn);
    const at = turn.trigger?.at ?? performance.now();
    const open = what.kind === 'press-in-view' ? openViewOf(what.view, at) : null;
    if (!open) return carryAnswer.carry(answer, turn, loading);
    // The result is kept whether or not its view is still there.
    const kept = Promise.all([inView.keep(answer, turn), homeTab.refresh(turn, open.origin)]);
    await inView.carry(answer, turn, open).finally(() => kept);
  };

  /** In a view where there is no conversation to look at: on the home tab, and after a shortcut. */
  const fail = async (locale: Locale, { loading, turn, trigger }: Failed): Promise<void> => {
    const said = views.saying('not-delivered', locale);
    if (loading.kind === 'open') await calls.updateView(loading.id, said);
    else if (trigger) await calls.openView(trigger, said);
    else if (turn) await messages.tell('slack.not-delivered', turn);
  };

  const run = async (person: SlackPerson, incoming: Incoming, input: Input, trigger: Trigger | null) => {
    const foreseen = foresee(input);
    const forForm = foreseen.opens === 'form' && !isInModal(incoming) ? trigger : null;
    const turning = findPlace(incoming.what, incoming.sender.user).then((place): Turn => ({
      ...{ incoming, trigger, place, foreseen },
      command: commandOf(incoming, person, place, input),
    }));
    const answer = async (): Promise<Answer | null> => {
      // A trigger opens one view: of two processes that have it, the one whose view stands there answers.
      const [turn, isMine] = await Promise.all([turning, forForm !== null || once.claim(incoming.key)]);
      return isMine ? dispatch(turn.command) : null;
    };
    const answering = answer();
    const none = Promise.resolve<Loading>({ kind: 'none' });
    const opening = forForm ? open.loading(forForm, answering, person.locale) : none;
    try {
      const answered = await answering;
      const loading = await opening;
      if (answered && loading.kind !== 'taken') await carry(answered, await turning, loading);
    } catch (error) {
      log.error(logged(error), 'An answer could not be delivered.');
      const unseen = incoming.responseUrl === null && !isInModal(incoming) ? trigger : null;
      const turn = await turning.catch(() => null);
      await fail(person.locale, { loading: await opening, turn, trigger: unseen });
    }
  };

  return async (incoming, input, trigger) => {
    try {
      const person = await people.who(incoming.sender.user);
      if (person.isForeign) log.warn({ door: 'slack', reason: 'foreign-person' }, 'Somebody was refused.');
      else await run(person, incoming, input, trigger);
    } catch (error) {
      log.error(logged(error), 'A turn failed.');
    }
  };
}

export function commandOf(
  { sender, what }: Incoming,
  person: SlackPerson,
  place: Place,
  input: Input,
): Command {
  return {
    door: 'slack',
    operator: `slack:${sender.user}`,
    operatorName: person.name ?? sender.name,
    conversation: place.conversation,
    locale: person.locale,
    prefix: what.kind === 'said' && !what.isPrivate ? '@Rollcall ' : '',
    input,
  };
}

function isInModal({ what }: Incoming): boolean {
  return what.kind === 'press-in-view' && what.view.type === 'modal';
}

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
import type { Loading, OpenLoading } from './loading';
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
  readonly openLoading: OpenLoading;
  readonly carryAnswer: CarryAnswer;
  readonly inView: AnswerInView;
  readonly homeTab: HomeTab;
  readonly messages: Messages;
  readonly views: Views;
  readonly log: Log;
}

export function createRunTurn(deps: TurnDeps): RunTurn {
  const { calls, dispatch, foresee, people, findPlace, once, openLoading, carryAnswer } = deps;
  const { inView, homeTab, messages, views, log } = deps;

  const carry = async (answer: Answer, turn: Turn, loading: Loading): Promise<void> => {
    const { what } = turn.incoming;
    if (what.kind === 'home-opened') return homeTab.show(answer, turn);
    const open = what.kind === 'press-in-view' ? openViewOf(what.view) : null;
    if (!open) return carryAnswer.carry(answer, turn, loading);
    // The result is kept whether or not its view is still there.
    const kept = Promise.all([inView.keep(answer, turn), homeTab.refresh(turn, open.origin)]);
    await inView.carry(answer, turn, open).finally(() => kept);
  };

  const fail = async (locale: Locale, loading: Loading, turn: Turn | null): Promise<void> => {
    if (loading.kind === 'open') await calls.updateView(loading.id, views.saying('not-delivered', locale));
    else if (turn) await messages.tell('slack.not-delivered', turn);
  };

  /** Uses the trigger before anything else is asked: it is good for three seconds. */
  const run = async (person: SlackPerson, incoming: Incoming, input: Input, trigger: Trigger | null) => {
    const foreseen = foresee(input);
    const isForm = foreseen.opens === 'form' && trigger !== null && !isInModal(incoming);
    const none = Promise.resolve<Loading>({ kind: 'none' });
    const opening = isForm ? openLoading(trigger, person.locale) : none;
    let turn: Turn | null = null;
    try {
      const placing = findPlace(incoming.what, incoming.sender.user);
      const [place, isFirst] = await Promise.all([placing, once.claim(incoming.key)]);
      // Of two processes that have it, it is for the one to answer whose view stands there.
      if (!isFirst && (await opening).kind !== 'open') return;
      turn = { incoming, trigger, place, foreseen, command: commandOf(incoming, person, place, input) };
      const answer = await dispatch(turn.command);
      const loading = await opening;
      if (loading.kind !== 'taken') await carry(answer, turn, loading);
    } catch (error) {
      log.error(logged(error), 'An answer could not be delivered.');
      await fail(person.locale, await opening, turn);
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

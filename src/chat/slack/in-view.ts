import type { ModalView } from '@slack/types';
import type { Log } from '../../ports/log';
import type { Answer } from '../door';
import { hasInputs } from './block-kit/convert';
import { readState } from './block-kit/state';
import type { SlackCalls } from './calls';
import type { IncomingView } from './envelope';
import { logged, SlackCallFailed } from './failure';
import { faultsAtFields, type SentForm } from './faults';
import type { Messages } from './messages';
import { readMetadata, type Metadata, type Origin } from './metadata';
import { createNewest } from './newest';
import { restored } from './restored';
import type { Turn } from './turn';
import type { Drawn, Views } from './views';
import type { RenderCard } from './words';

/** What acknowledges a submission. */
export type Acknowledgement =
  | { readonly response_action: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly response_action: 'update' | 'push'; readonly view: ModalView };

/** The view that a button or the submit button was pressed in. */
export interface OpenView {
  readonly view: IncomingView;
  /** Milliseconds of performance.now() when it was pressed. */
  readonly at: number;
  readonly origin: Origin;
  readonly sent: SentForm;
}

/** Answers what was done in a view: in that view, or in one on top of it. */
export interface AnswerInView {
  acknowledge(answer: Answer, open: OpenView): Acknowledgement;
  /** After a press. */
  carry(answer: Answer, turn: Turn, open: OpenView): Promise<void>;
  /** After a submission that took longer than Slack waits: the view shows since then that it is being worked on. */
  carryLate(answer: Answer, turn: Turn, open: OpenView): Promise<void>;
  /** The result of an effect stays in the private chat too. Never throws. */
  keep(answer: Answer, turn: Turn): Promise<void>;
}

interface InViewDeps {
  readonly calls: SlackCalls;
  readonly messages: Messages;
  readonly views: Views;
  readonly renderCard: RenderCard;
  readonly log: Log;
}

const mostViews = 3;

export function createAnswerInView({ calls, messages, views, renderCard, log }: InViewDeps): AnswerInView {
  const newest = createNewest();
  const draw = ({ card, locale }: Answer): Drawn => ({
    name: card.name,
    card: renderCard(card, locale),
    locale,
  });

  const update = (drawn: Drawn, { origin, sent }: OpenView): ModalView =>
    views.ofCard(drawn, origin, sent.shown);

  /** A notice that belongs below stands above the form instead, where it cannot be a view of its own. */
  const instead = (answer: Answer, drawn: Drawn, open: OpenView): ModalView => {
    const view = update(drawn, open);
    const isNotice = answer.place === 'below' && !hasInputs(drawn.card);
    return (isNotice ? restored(open.view, view) : null) ?? view;
  };

  const push = (drawn: Drawn, { origin }: OpenView): ModalView =>
    views.ofCard(drawn, { ...origin, depth: origin.depth + 1 });

  /** What was typed into the view below stays. */
  const isOnTop = (answer: Answer, { origin }: OpenView): boolean =>
    answer.place === 'below' && origin.depth < mostViews;

  const tryPush = async (drawn: Drawn, { trigger }: Turn, open: OpenView): Promise<boolean> => {
    if (!trigger) return false;
    try {
      await calls.pushView(trigger, push(drawn, open));
      return true;
    } catch (error) {
      log.info(logged(error), 'A view could not be put on top of another: it takes its place.');
      return false;
    }
  };

  /** False where the view is closed, or has gone on. */
  const show = async (drawn: Drawn, { view: { id }, at }: OpenView, view: ModalView): Promise<boolean> => {
    if (!newest.take(id, at)) return false;
    try {
      await calls.updateView(id, view);
    } catch (error) {
      if (error instanceof SlackCallFailed && error.kind === 'gone') return false;
      log.error(logged(error), 'An answer could not be shown in its view.');
      await calls.updateView(id, views.saying('not-delivered', drawn.locale));
    }
    return true;
  };

  /** What a step that stores something has to say is told whether or not its view is still there. */
  const showOrTell = async (answer: Answer, drawn: Drawn, turn: Turn, open: OpenView): Promise<void> => {
    const isShown = await show(drawn, open, instead(answer, drawn, open)).catch((error: unknown) => {
      log.error(logged(error), 'A view could not say that its answer is missing.');
      return false;
    });
    if (isShown || !turn.foreseen.effect || isKept(answer, drawn)) return;
    if (hasInputs(drawn.card)) await messages.say('slack.not-delivered', turn);
    else await messages.keep({ answer, drawn: drawn.card }, turn);
  };

  return {
    acknowledge(answer, open) {
      const drawn = draw(answer);
      if (isOnTop(answer, open)) return { response_action: 'push', view: push(drawn, open) };
      newest.take(open.view.id, open.at);
      const errors = faultsAtFields(drawn.card, views.modalOf(drawn, open.sent.shown), open.sent);
      if (errors) return { response_action: 'errors', errors };
      return { response_action: 'update', view: instead(answer, drawn, open) };
    },
    async carry(answer, turn, open) {
      const drawn = draw(answer);
      if (isOnTop(answer, open) && (await tryPush(drawn, turn, open))) return;
      await showOrTell(answer, drawn, turn, open);
    },
    async carryLate(answer, turn, open) {
      await showOrTell(answer, draw(answer), turn, open);
    },
    async keep(answer, turn) {
      if (!turn.foreseen.effect) return;
      try {
        const drawn = draw(answer);
        if (isKept(answer, drawn)) await messages.keep({ answer, drawn: drawn.card }, turn);
      } catch (error) {
        log.error(logged(error), 'A result could not be kept in the private chat.');
      }
    },
  };
}

function isKept({ audience }: Answer, { card }: Drawn): boolean {
  return audience === 'operator' && !hasInputs(card);
}

/** Null for a view that only says something, or is none of ours. */
export function openViewOf(view: IncomingView, at: number): OpenView | null {
  const known = view.type === 'modal' ? readMetadata(view.private_metadata) : null;
  return known ? openView(view, at, known) : null;
}

/** A view whose origin cannot be read: its answer is for where the turn is. */
export function strangeViewOf(view: IncomingView, at: number, origin: Origin): OpenView {
  return openView(view, at, { data: {}, origin });
}

function openView(view: IncomingView, at: number, { data, origin }: Metadata): OpenView {
  const { values, shown } = readState(view.state?.values);
  return { view, at, origin, sent: { verb: view.callback_id ?? '', data, values, shown } };
}

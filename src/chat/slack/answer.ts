import type { Locale } from '../../ports/chat';
import type { Log } from '../../ports/log';
import type { Answer } from '../door';
import { hasInputs } from './block-kit/convert';
import type { SlackCalls, Trigger, ViewRef } from './calls';
import { logged, SlackCallFailed } from './failure';
import type { Messages } from './messages';
import type { Origin } from './metadata';
import type { Turn } from './turn';
import type { Drawn, Views } from './views';
import type { RenderCard } from './words';

/** Answers what was not done in a view: with a form in a new view, or with a message. */
export interface CarryAnswer {
  /** Shows at once that a form is coming; null where it cannot. */
  openLoading(trigger: Trigger, locale: Locale): Promise<ViewRef | null>;
  carry(answer: Answer, turn: Turn, loading: ViewRef | null): Promise<void>;
}

interface AnswerDeps {
  readonly calls: SlackCalls;
  readonly messages: Messages;
  readonly views: Views;
  readonly renderCard: RenderCard;
  readonly log: Log;
}

export function createCarryAnswer({ calls, messages, views, renderCard, log }: AnswerDeps): CarryAnswer {
  const fillLoading = async (loading: ViewRef, drawn: Drawn, turn: Turn): Promise<void> => {
    try {
      await calls.updateView(loading.id, views.ofCard(drawn, originOf(turn)));
    } catch (error) {
      if (error instanceof SlackCallFailed && error.kind === 'gone') return;
      log.error(logged(error), 'An answer could not be shown in its view.');
      await calls.updateView(loading.id, views.saying('not-delivered', drawn.locale));
    }
  };

  /** False where no trigger opens it any more. */
  const opened = async (drawn: Drawn, turn: Turn): Promise<boolean> => {
    if (!turn.trigger) return false;
    try {
      await calls.openView(turn.trigger, views.ofCard(drawn, originOf(turn)));
      return true;
    } catch (error) {
      if (!(error instanceof SlackCallFailed) || error.kind === 'refused') throw error;
      log.info(logged(error), 'A view was not opened in time: a message is sent.');
      return false;
    }
  };

  return {
    async openLoading(trigger, locale) {
      try {
        return await calls.openView(trigger, views.saying('loading', locale));
      } catch (error) {
        log.warn(logged(error), 'A form could not be opened.');
        return null;
      }
    },
    async carry(answer, turn, loading) {
      const card = renderCard(answer.card, answer.locale);
      const drawn = { name: answer.card.name, card, locale: answer.locale };
      if (loading) return fillLoading(loading, drawn, turn);
      const isForm = hasInputs(card);
      // Nobody who is on the home tab sees a message.
      if ((isForm || isAtHome(turn)) && (await opened(drawn, turn))) return;
      await (isForm ? messages.offer(answer, turn) : messages.carry({ answer, drawn: card }, turn));
    },
  };
}

function originOf(turn: Turn): Origin {
  const { channel, thread, conversation } = turn.place;
  return { channel, kind: conversation.kind, thread, depth: 1, home: isAtHome(turn) };
}

function isAtHome({ incoming: { what } }: Turn): boolean {
  return what.kind === 'press-in-view' && what.view.type === 'home';
}

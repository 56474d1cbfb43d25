import type { Log } from '../../ports/log';
import type { Answer } from '../door';
import { hasInputs } from './block-kit/convert';
import type { SlackCalls } from './calls';
import { logged, SlackCallFailed } from './failure';
import type { Loading, Open, Opening } from './loading';
import type { Messages } from './messages';
import type { Origin } from './metadata';
import type { Turn } from './turn';
import type { Drawn, Views } from './views';
import type { RenderCard } from './words';

/** Answers what was not done in a view: with a form in a new view, or with a message. */
export interface CarryAnswer {
  carry(answer: Answer, turn: Turn, loading: Loading): Promise<void>;
}

/** `closed`: the person has closed the view that said that a form is coming. */
type Shown = 'shown' | 'closed' | 'nowhere';

interface AnswerDeps {
  readonly calls: SlackCalls;
  readonly open: Pick<Open, 'view'>;
  readonly messages: Messages;
  readonly views: Views;
  readonly renderCard: RenderCard;
  readonly log: Log;
}

export function createCarryAnswer({
  calls,
  open,
  messages,
  views,
  renderCard,
  log,
}: AnswerDeps): CarryAnswer {
  const filled = async (opening: Opening, drawn: Drawn, turn: Turn): Promise<Shown> => {
    if (opening.kind === 'none' || opening.kind === 'taken') return 'nowhere';
    const [which, kept] =
      opening.kind === 'open'
        ? [opening.id, {}]
        : [{ externalId: opening.externalId }, { external_id: opening.externalId }];
    try {
      await calls.updateView(which, { ...views.ofCard(drawn, originOf(turn)), ...kept });
    } catch (error) {
      if (error instanceof SlackCallFailed && error.kind === 'gone')
        return opening.kind === 'open' ? 'closed' : 'nowhere';
      log.error(logged(error), 'An answer could not be shown in its view.');
      await calls.updateView(which, { ...views.saying('not-delivered', drawn.locale), ...kept });
    }
    return 'shown';
  };

  /** With the trigger that was spared for it. */
  const openedFirst = async (drawn: Drawn, turn: Turn): Promise<Shown> => {
    if (!turn.trigger) return 'nowhere';
    const opening = await open.view(turn.trigger, views.ofCard(drawn, originOf(turn)));
    if (opening.kind === 'perhaps') return filled(opening, drawn, turn);
    return opening.kind === 'none' ? 'nowhere' : 'shown';
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
    async carry(answer, turn, loading) {
      const card = renderCard(answer.card, answer.locale);
      const drawn = { name: answer.card.name, card, locale: answer.locale };
      const shown = await (loading.kind === 'spared'
        ? openedFirst(drawn, turn)
        : filled(loading, drawn, turn));
      if (shown === 'shown') return;
      const isForm = hasInputs(card);
      // Nobody who is on the home tab sees a message. A closed view has used the trigger up.
      const needsView = shown === 'nowhere' && (isForm || isAtHome(turn));
      if (needsView && (await opened(drawn, turn))) return;
      await (isForm ? messages.offer(answer, turn) : messages.carry({ answer, drawn: card }, turn));
    },
  };
}

export function originOf(turn: Turn): Origin {
  const { channel, thread, conversation } = turn.place;
  return { channel, kind: conversation.kind, thread, depth: 1, home: isAtHome(turn) };
}

function isAtHome({ incoming: { what } }: Turn): boolean {
  return what.kind === 'press-in-view' && what.view.type === 'home';
}

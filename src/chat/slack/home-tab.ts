import type { Log } from '../../ports/log';
import type { Answer, Dispatch } from '../door';
import type { SlackCalls } from './calls';
import { logged } from './failure';
import type { Origin } from './metadata';
import type { Turn } from './turn';
import type { Views } from './views';
import type { RenderCard } from './words';

/** The tab of the app where an operator starts. */
export interface HomeTab {
  show(answer: Answer, turn: Turn): Promise<void>;
  /** Draws it anew where something was changed in a view that was opened from it. */
  refresh(turn: Turn, origin: Origin): Promise<void>;
}

interface HomeTabDeps {
  readonly calls: Pick<SlackCalls, 'publishHome'>;
  readonly dispatch: Dispatch;
  readonly views: Views;
  readonly renderCard: RenderCard;
  readonly log: Log;
}

export function createHomeTab({ calls, dispatch, views, renderCard, log }: HomeTabDeps): HomeTab {
  const show: HomeTab['show'] = async ({ card, locale }, { incoming }) => {
    const home = views.home({ name: card.name, card: renderCard(card, locale), locale });
    await calls.publishHome(incoming.sender.user, home);
  };

  return {
    show,
    async refresh(turn, origin) {
      if (!origin.home || !turn.foreseen.effect) return;
      try {
        const input = { kind: 'pressed', verb: 'home.open', data: {} } as const;
        await show(await dispatch({ ...turn.command, input }), turn);
      } catch (error) {
        log.warn(logged(error), 'The home tab could not be drawn anew.');
      }
    },
  };
}

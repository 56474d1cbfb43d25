import { randomUUID } from 'node:crypto';
import type { Locale } from '../../ports/chat';
import type { Log } from '../../ports/log';
import type { SlackCalls, Trigger } from './calls';
import { logged, SlackCallFailed } from './failure';
import type { Views } from './views';

/** What became of the view that says a form is coming. */
export type Loading =
  /** There is none: nobody foresaw a form, or Slack did not open it. */
  | { readonly kind: 'none' }
  /** `id` is Slack's. */
  | { readonly kind: 'open'; readonly id: string }
  /** Slack's answer is missing: where it stands it bears the id that we gave it. */
  | { readonly kind: 'perhaps'; readonly externalId: string }
  /** The trigger has opened one before: in another process, which fills it. */
  | { readonly kind: 'taken' };

export type OpenLoading = (trigger: Trigger, locale: Locale) => Promise<Loading>;

interface LoadingDeps {
  readonly calls: Pick<SlackCalls, 'openView'>;
  readonly views: Pick<Views, 'saying'>;
  readonly log: Log;
}

/** Never throws. */
export function createOpenLoading({ calls, views, log }: LoadingDeps): OpenLoading {
  return async (trigger, locale) => {
    const externalId = randomUUID();
    try {
      const view = { ...views.saying('loading', locale), external_id: externalId };
      const { id } = await calls.openView(trigger, view);
      return { kind: 'open', id };
    } catch (error) {
      log.warn(logged(error), 'A form could not be opened.');
      if (!(error instanceof SlackCallFailed)) return { kind: 'none' };
      if (usedBefore.includes(error.code)) return { kind: 'taken' };
      return error.mayHaveHappened ? { kind: 'perhaps', externalId } : { kind: 'none' };
    }
  };
}

const usedBefore = ['exchanged_trigger_id', 'trigger_exchanged'];

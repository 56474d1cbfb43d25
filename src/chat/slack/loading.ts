import { randomUUID } from 'node:crypto';
import type { ModalView } from '@slack/types';
import type { Locale } from '../../ports/chat';
import type { Log } from '../../ports/log';
import { inTime } from '../in-time';
import type { SlackCalls, Trigger } from './calls';
import { logged, SlackCallFailed } from './failure';
import type { Views } from './views';

/** What became of a view that a trigger was to open. */
export type Opening =
  /** There is none: nobody foresaw a form, or Slack did not open it. */
  | { readonly kind: 'none' }
  /** `id` is Slack's. */
  | { readonly kind: 'open'; readonly id: string }
  /** Slack's answer is missing: where it stands it bears the id that we gave it. */
  | { readonly kind: 'perhaps'; readonly externalId: string }
  /** The trigger has opened one before: in another process, which fills it. */
  | { readonly kind: 'taken' };

/** The view that says a form is coming. `spared`: the answer came at once, and the trigger is there for it. */
export type Loading = Opening | { readonly kind: 'spared' };

export interface Open {
  /** Never throws. */
  view(trigger: Trigger, view: ModalView): Promise<Opening>;
  /** Says that a form is coming, unless its answer is there at once. Never throws. */
  loading(trigger: Trigger, answering: Promise<unknown>, locale: Locale): Promise<Loading>;
}

interface OpenDeps {
  readonly calls: Pick<SlackCalls, 'openView'>;
  readonly views: Pick<Views, 'saying'>;
  readonly log: Log;
}

/** Milliseconds that a trigger waits for an answer: a tenth of what it lives. */
const atOnce = 300;
const usedBefore = ['exchanged_trigger_id', 'trigger_exchanged'];

export function createOpen({ calls, views, log }: OpenDeps): Open {
  const view: Open['view'] = async (trigger, content) => {
    const externalId = randomUUID();
    try {
      const { id } = await calls.openView(trigger, { ...content, external_id: externalId });
      return { kind: 'open', id };
    } catch (error) {
      log.warn(logged(error), 'A form could not be opened.');
      if (!(error instanceof SlackCallFailed)) return { kind: 'none' };
      if (usedBefore.includes(error.code)) return { kind: 'taken' };
      return error.mayHaveHappened ? { kind: 'perhaps', externalId } : { kind: 'none' };
    }
  };

  return {
    view,
    loading: async (trigger, answering, locale) =>
      (await settles(answering, atOnce))
        ? { kind: 'spared' }
        : view(trigger, views.saying('loading', locale)),
  };
}

async function settles(work: Promise<unknown>, within: number): Promise<boolean> {
  const settled = work.then(
    () => true,
    () => true,
  );
  return inTime(settled, within, () => new Error('It takes longer.')).catch(() => false);
}

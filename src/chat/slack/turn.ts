import type { Foreseen } from '../foresee';
import type { Answer, Command } from '../door';
import type { Trigger } from './calls';
import type { Incoming } from './envelope';
import type { Place } from './place';

/** One thing that somebody did in Slack, and what it leads to. */
export interface Turn {
  readonly incoming: Incoming;
  /** Null for what opens no view: typed text, events. */
  readonly trigger: Trigger | null;
  readonly place: Place;
  readonly command: Command;
  readonly foreseen: Foreseen;
}

/** An answer with its card drawn. */
export interface DrawnAnswer {
  readonly answer: Answer;
  readonly drawn: object;
}

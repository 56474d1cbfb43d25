import type { Outcome } from './feature';

/** The pressed card stays as it is: the answer is a message of its own. */
export function below<Answer extends Outcome>(outcome: Answer): Answer {
  return 'card' in outcome ? { ...outcome, place: 'below' } : outcome;
}

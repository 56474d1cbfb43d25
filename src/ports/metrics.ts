export type TurnOutcome = 'answered' | 'denied' | 'failed';

/** What the house counts; `telemetry/metrics.ts` exposes it to Prometheus. */
export interface Metrics {
  /** One command or card action, whichever door it came by. */
  turn(turn: { door: string; feature: string; outcome: TurnOutcome; seconds: number }): void;
  seatsRefused(count: number): void;
  /** `due` again at every look, until it is sent. */
  reminders(what: 'due' | 'sent' | 'retried' | 'failed', count: number): void;
  /** Reminders that are due and could not be sent, and how many seconds the oldest of them is late. */
  remindersWaiting(count: number, oldestSeconds: number): void;
  /** A run of a job has ended. `at`: when it began. */
  jobRan(run: { job: string; at: Date; seconds: number; outcome: 'done' | 'failed' }): void;
  /** Null: never. */
  jobRunsNext(job: string, at: Date | null): void;
  mongoCommand(command: { name: string; ok: boolean; seconds: number }): void;
}

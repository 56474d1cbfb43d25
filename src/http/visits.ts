import type { Request } from 'express';
import type { Clock } from '../ports/clock';
import { createRateLimit } from './rate-limit';
import { callerOf } from './remote-address';

/** A guess at a link costs as much as ten visits: 60 guesses or 600 visits a minute. */
const limits = { budget: 600, window: 60_000, most: 10_000 };
const cost = { visit: 1, guess: 9 };

/** Keeps people who guess at links from finding one. */
export interface Visits {
  /** False: this caller has to wait. */
  allow(request: Request): boolean;
  /** There was nothing behind the link. */
  noteGuess(request: Request): void;
}

export function createVisits(clock: Clock): Visits {
  const limit = createRateLimit({ ...limits, clock });
  return {
    allow: (request) => limit.spend(callerOf(request), cost.visit),
    noteGuess: (request) => void limit.spend(callerOf(request), cost.guess),
  };
}

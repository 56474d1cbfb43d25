import { randomBytes, randomInt } from 'node:crypto';
import type { Entropy } from './domain/entropy';
import type { Clock } from './ports/clock';

/** The machine's own clock and source of chance. */
export const realClock: Clock = { now: () => new Date() };
export const realEntropy: Entropy = { bytes: randomBytes, int: (below) => randomInt(below) };

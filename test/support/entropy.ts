import { randomBytes, randomInt } from 'node:crypto';
import type { Entropy } from '../../src/domain/entropy';

/** Real chance, for tests that must hold whatever comes. */
export const realEntropy: Entropy = { bytes: randomBytes, int: (below) => randomInt(below) };

import { isDuplicateOf } from '../../storage/duplicate-key';

const mostTries = 3;

/**
 * Does work anew that another write came before, as a unique index told: what was taken is then seen, and the work
 * says so itself.
 */
export async function againAfterDuplicate<T>(field: string, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries === mostTries || !isDuplicateOf(error, field)) throw error;
    }
  }
}

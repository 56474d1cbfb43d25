import type { ClientSession } from 'mongoose';
import type { Records } from './records';

/** Nothing is left of what anybody heard or decided of a user. */
export async function eraseRemindersOf(
  { reminders, letGo, snoozes }: Pick<Records, 'reminders' | 'letGo' | 'snoozes'>,
  userId: string,
  session: ClientSession,
): Promise<void> {
  await reminders.deleteMany({ userId }, { session });
  await letGo.deleteOne({ _id: userId }, { session });
  await snoozes.deleteMany({ userId }, { session });
}

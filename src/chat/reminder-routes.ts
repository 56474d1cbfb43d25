import { reminderActionsFrozen, type createReminderActions } from '../features/reminder-actions';
import { remindersFrozen, type createReminders } from '../features/reminders';
import { command, customerStep, step, type Route } from './route';

export interface ReminderFeatures {
  readonly reminders: ReturnType<typeof createReminders>;
  readonly reminderActions: ReturnType<typeof createReminderActions>;
}

/** What can be pressed about reminders: their form, and the buttons of a digest. */
export function reminderRoutes({ reminders, reminderActions }: ReminderFeatures): Record<string, Route> {
  return {
    'reminders.open': command(
      { right: 'list_deleted', opens: 'form', frozen: remindersFrozen.open },
      reminders.open,
    ),
    'reminders.save': step(
      { right: 'list_deleted', effect: true, frozen: remindersFrozen.save },
      reminders.save,
    ),
    'reminders.restore': customerStep(
      { right: 'list_deleted', frozen: reminderActionsFrozen.restore },
      reminderActions.restore,
    ),
    'reminders.let-go': customerStep(
      { right: 'list_deleted', opens: 'form', effect: true, frozen: reminderActionsFrozen.letGo },
      reminderActions.letGo,
    ),
    'reminders.snooze': customerStep(
      { right: 'list_deleted', opens: 'form', effect: true, frozen: reminderActionsFrozen.snooze },
      reminderActions.snooze,
    ),
  };
}

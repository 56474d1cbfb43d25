import type { Fault } from './fault';
import { namesForReading } from './fault';
import { isTimeZone } from './local-day';
import { mostReminderDays, type ReminderTimes } from './reminder';
import { splitValues, tidyText } from './text';

/** The most thresholds of one conversation, and the most customers that one form names. */
const mostThresholds = 10;
const mostCustomers = 50;

export type ReminderField = 'customers' | 'days' | 'hour' | 'timeZone' | 'language';
type ReminderFault = Fault<ReminderField>;

interface ReminderSettings<Language extends string> extends ReminderTimes {
  readonly enabled: boolean;
  readonly customers: 'all' | readonly string[];
  readonly language: Language;
  readonly summary: boolean;
}

type Values = Readonly<Record<string, string>>;

/** Reads the form of `/reminders`; every fault is reported, in the order of the form. */
export function readReminderSettings<Language extends string>(
  values: Values,
  languages: readonly Language[],
): { readonly settings: ReminderSettings<Language> | null; readonly faults: readonly ReminderFault[] } {
  const faults: ReminderFault[] = [];
  const ticked = splitValues(values['customers']);
  if (ticked.length === 0) faults.push({ field: 'customers', reason: 'required' });
  if (ticked.length > mostCustomers)
    faults.push({ field: 'customers', reason: 'too-many', limit: mostCustomers });
  const days = readDays(values['days'], faults);
  const hour = readHour(values['hour']);
  if (hour === null) faults.push({ field: 'hour', reason: 'required' });
  const timeZone = tidyText(values['timeZone']);
  if (timeZone === '') faults.push({ field: 'timeZone', reason: 'required' });
  else if (!isTimeZone(timeZone))
    faults.push({ field: 'timeZone', reason: 'unknown-time-zone', names: namesForReading([timeZone]) });
  const language = languages.find((one) => one === values['language']);
  if (!language) faults.push({ field: 'language', reason: 'required' });
  if (faults.length > 0 || hour === null || !language) return { settings: null, faults };
  const [enabled, summary] = [values['enabled'] === 'true', values['summary'] === 'true'];
  const customers = ticked.includes('all') ? ('all' as const) : ticked;
  return { settings: { enabled, customers, days, hour, timeZone, language, summary }, faults };
}

/** As in `7, 3, 1`, the earliest first. */
function readDays(typed: string | undefined, faults: ReminderFault[]): readonly number[] {
  const parts = (typed ?? '').split(/[\s,;]+/).filter((part) => part !== '');
  const unknown = parts.filter((part) => !/^\d{1,2}$/.test(part) || Number(part) > mostReminderDays);
  if (parts.length === 0) faults.push({ field: 'days', reason: 'required' });
  else if (unknown.length > 0) {
    const names = namesForReading(unknown);
    faults.push({ field: 'days', reason: 'not-days', limit: mostReminderDays, names });
  } else if (parts.length > mostThresholds)
    faults.push({ field: 'days', reason: 'too-many', limit: mostThresholds });
  return [...new Set(parts.map(Number))].sort((one, other) => other - one);
}

function readHour(typed: string | undefined): number | null {
  const text = tidyText(typed);
  return /^\d{1,2}$/.test(text) && Number(text) < 24 ? Number(text) : null;
}

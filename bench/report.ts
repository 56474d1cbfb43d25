import { cpus, totalmem } from 'node:os';
import { isMet, median, ratioOf, type Measurement } from './compare';

/** `docs/benchmarks.md`: each number beside its floor, and on what it was measured. */
export function writeReport(measurements: readonly Measurement[], date: Date, users: number): string {
  return [
    '# Benchmarks',
    '',
    'Written by `npm run bench`. Every number stands beside its floor, measured in the same run in alternating',
    'rounds; both are medians, with the least and the most behind them. What counts is the ratio.',
    '',
    `- ${date.toISOString().slice(0, 10)}, ${machine()}`,
    `- Lists, searches and \`/users\` are those of a database of ${users.toLocaleString('en')} users.`,
    '- The load, the processes measured, MongoDB and the connector share these cores.',
    '',
    '| | Rollcall | floor | ratio | asked for | |',
    '| --- | --- | --- | --- | --- | --- |',
    ...measurements.map(row),
    '',
    '- **`/customers` and `/users` in Teams**: messages by HTTP on 10 connections from 10 people; each is answered with the',
    '  card of a full page, read from MongoDB. The floor is a botbuilder bot that echoes, and reads nothing.',
    '- **`/users` in Slack**: signed commands by HTTP on 10 connections from 10 people; each waits for the view',
    '  with the full page. The floor is a Bolt app that opens a view with what was typed, and reads nothing.',
    '- **Start to `/readyz`**: from the birth of the process to the first 200, MongoDB running and its indexes made. The',
    '  floor loads the same SDKs, connects and listens.',
    '- **Directory**: calls one after the other on a database of `npm run seed`, for a customer like most and for the one',
    '  with a fiftieth of all users. The floor is the same query and count through the driver alone.',
    '- **Look**: whom a conversation has to be reminded of, all customers, nobody told yet: what the job asks every minute.',
    '  The floor is the query by the deadline alone, through the driver and by the same index.',
    '- **Import**: a CSV from its first byte to the last password, in a process of its own: dry run, users with seats and',
    '  audit entries in batches that a crash cannot double, the sheet of passwords. The floor is the same documents',
    '  inserted by the driver into collections with the same indexes. Below it, the peak memory of that process for a',
    '  large file beside a small one.',
    '- **Memory**: of a fresh process, after as many of the same messages. The floor is the same echo.',
    '',
  ].join('\n');
}

function row(measurement: Measurement): string {
  const { title, unit, target, rollcall, floor } = measurement;
  const asked = 'atLeast' in target ? `at least ${target.atLeast}` : `at most ${target.atMost}`;
  const cells = [
    `${title}, ${unit}`,
    spread(rollcall),
    spread(floor),
    `**${ratioOf(measurement).toFixed(2)}**`,
    asked,
    isMet(measurement) ? 'met' : 'missed',
  ];
  return `| ${cells.join(' | ')} |`;
}

function spread(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${figure(median(values))} (${figure(least)} to ${figure(most)})`;
}

function figure(value: number): string {
  return value < 10 ? String(Number(value.toFixed(2))) : value.toFixed(0);
}

export function machine(): string {
  const [cpu] = cpus();
  const memory = (totalmem() / 1024 ** 3).toFixed(0);
  return `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${memory} GiB, Node ${process.versions.node}, ${process.platform}`;
}

import { inRounds, type Measurement } from './compare';
import { startConnector, type Connector } from './connector';
import { sendMessages } from './messages';
import { startProgram, type Program } from './program';
import { bareStart, echo, rollcall } from './subjects';

export interface Amounts {
  readonly rounds: number;
  /** Sent to each before the first round counts. */
  readonly warmUp: number;
  /** Sent to each in every round. */
  readonly messages: number;
}

/** A command in Teams by real HTTP against an echo: both run all the time, one at a time is asked. */
export async function measureMessages(command: string, uri: string, amounts: Amounts): Promise<Measurement> {
  const connector = await startConnector();
  const [floor, ours] = await Promise.all([startProgram(echo), startProgram(rollcall(uri))]);
  const rate = (url: string, amount: number) => () => sendMessages(url, connector, amount, command);
  await rate(floor.url, amounts.warmUp)();
  await rate(ours.url, amounts.warmUp)();
  const found = await inRounds(amounts.rounds, {
    floor: rate(floor.url, amounts.messages),
    rollcall: rate(ours.url, amounts.messages),
  });
  await Promise.all([floor.stop(), ours.stop(), connector.close()]);
  return { title: `\`${command}\` in Teams`, unit: 'messages a second', target: { atLeast: 0.6 }, ...found };
}

/** From the birth of the process to the first 200 of `/readyz`; the database and its indexes are there. */
export async function measureStart(uri: string, rounds: number): Promise<Measurement> {
  const startOf = (program: Program) => async () => {
    const running = await startProgram(program);
    await running.stop();
    return running.startedIn;
  };
  const subjects = { floor: startOf(bareStart(uri)), rollcall: startOf(rollcall(uri)) };
  await inRounds(1, subjects);
  const found = await inRounds(rounds, subjects);
  return { title: 'Start to `/readyz`', unit: 'ms', target: { atMost: 1.3 }, ...found };
}

/** Resident memory of a fresh process after so many messages. */
export async function measureMemory(
  uri: string,
  { rounds, messages }: Pick<Amounts, 'rounds' | 'messages'>,
): Promise<Measurement> {
  const connector = await startConnector();
  const found = await inRounds(rounds, {
    floor: () => memoryAfter(echo, messages, connector),
    rollcall: () => memoryAfter(rollcall(uri), messages, connector),
  });
  await connector.close();
  const title = `Memory after ${messages.toLocaleString('en')} messages`;
  return { title, unit: 'MiB resident', target: { atMost: 1.5 }, ...found };
}

async function memoryAfter(program: Program, messages: number, connector: Connector): Promise<number> {
  const running = await startProgram(program);
  try {
    await sendMessages(running.url, connector, messages);
    return await running.memory();
  } finally {
    await running.stop();
  }
}

import type { KnownBlock } from '@slack/types';
import { createSlackCalls, type MessageContent, type SlackCalls } from '../../../src/chat/slack/calls';
import { type FailureKind, SlackCallFailed } from '../../../src/chat/slack/failure';
import type { Timing } from '../../../src/chat/slack/retry';
import { createRememberingLog, type RememberingLog } from '../remembering-log';
import type { FakeSlack } from './fake-slack';

/** Waits are short enough for a test, and long enough for a busy machine. */
const quickTiming: Timing = { requestMs: 300, postMs: 3_000, viewMs: 2_000, firstWaitMs: 5 };

export interface QuickCalls extends SlackCalls {
  readonly log: RememberingLog;
}

export function createQuickCalls(
  fake: Pick<FakeSlack, 'apiUrl' | 'token'>,
  changes: {
    readonly botToken?: string;
    readonly signal?: AbortSignal;
    readonly timing?: Partial<Timing>;
  } = {},
): QuickCalls {
  const { botToken = fake.token, signal, timing } = changes;
  const log = createRememberingLog();
  const calls = createSlackCalls({
    ...{ botToken, apiUrl: fake.apiUrl, log, timing: { ...quickTiming, ...timing } },
    ...(signal ? { signal } : {}),
  });
  return { ...calls, log };
}

export function sayingBlocks(text: string): readonly KnownBlock[] {
  return [{ type: 'section', text: { type: 'plain_text', text } }];
}

export function saying(text: string): MessageContent {
  return { text: 'Rollcall has something for you.', blocks: sayingBlocks(text) };
}

/** How a call failed; throws where it did not. */
export async function failureOf(call: Promise<unknown>): Promise<SlackCallFailed> {
  const error: unknown = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof SlackCallFailed) return error;
  throw new Error(`No SlackCallFailed, but ${String(error)}.`);
}

export async function kindOf(call: Promise<unknown>): Promise<FailureKind> {
  return (await failureOf(call)).kind;
}

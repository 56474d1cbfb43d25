/** A call to the Teams connector that failed. Holds nothing of the request: that one carries the bot's token. */
export class TeamsCallFailed extends Error {
  override readonly name = 'TeamsCallFailed';

  constructor(
    /** `removed`: the bot is not in the conversation any more. `gone`: the message or conversation is no more. */
    readonly kind: 'removed' | 'gone' | 'failed',
    readonly status: number | undefined,
    readonly code: string | undefined,
    /** What Teams asks to wait. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(`Teams answered ${status ?? 'nothing'} (${code ?? 'no code'}).`);
  }

  /** Teams may have done what it was asked, and only its answer is missing. */
  get mayHaveHappened(): boolean {
    if (this.status === undefined) return !unreachedCodes.includes(this.code ?? '');
    return this.status >= 500 || this.status === 408;
  }
}

/** Nobody was there who could have done anything. */
const unreachedCodes = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'];

const removedCodes = ['BotNotInConversationRoster'];
const goneStatuses = [403, 404, 410];
const goneCodes = ['ConversationNotFound', 'ActivityNotFoundInConversation', 'MessageNotFound'];

/** The SDK's errors, translated here and nowhere else. */
function toTeamsError(error: unknown): TeamsCallFailed {
  if (error instanceof TeamsCallFailed) return error;
  const status = numberAt(error, 'statusCode');
  const code = codeOf(error);
  return new TeamsCallFailed(kindOf(status, code), status, code, retryAfterMs(error));
}

/** Runs a call to the connector; whatever it throws is a `TeamsCallFailed`. */
export async function calling<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw toTeamsError(error);
  }
}

/** What may stand in the log: a message of the SDK may quote what it was sent. */
export function logged(error: unknown): object {
  if (error instanceof TeamsCallFailed) return { status: error.status, code: error.code };
  return { error: error instanceof Error ? error.name : typeof error };
}

function kindOf(status: number | undefined, code: string | undefined): TeamsCallFailed['kind'] {
  if (code && removedCodes.includes(code)) return 'removed';
  return (status && goneStatuses.includes(status)) || (code && goneCodes.includes(code)) ? 'gone' : 'failed';
}

/** The service's own code stands in the body; beside it is one of the HTTP client. */
function codeOf(error: unknown): string | undefined {
  const inner = at(at(error, 'details'), 'error');
  const code = at(inner, 'code') ?? at(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

function retryAfterMs(error: unknown): number | null {
  const headers = at(at(error, 'response'), 'headers');
  if (!isHeaders(headers)) return null;
  const seconds = Number.parseInt(headers.get('retry-after') ?? '', 10);
  return seconds >= 0 ? seconds * 1_000 : null;
}

function isHeaders(value: unknown): value is { get(name: string): string | undefined } {
  return typeof at(value, 'get') === 'function';
}

function numberAt(value: unknown, key: string): number | undefined {
  const found = at(value, key);
  return typeof found === 'number' ? found : undefined;
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

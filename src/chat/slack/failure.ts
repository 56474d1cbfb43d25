/**
 * `gone`: the message, channel or person is no more, or not for us; trying again is no use.
 * `expired`: the trigger or response_url is not good any more.
 * `later`: Slack is busy or does not answer, also after we tried again.
 * `refused`: Slack does not take it, and will not: our own fault, or the installation's.
 */
export type FailureKind = 'gone' | 'expired' | 'later' | 'refused';

interface FailureFacts {
  readonly method: string;
  readonly kind: FailureKind;
  /** Slack's name for it, or ours where Slack gave none. */
  readonly code: string;
  /** Slack may have done what it was asked, and only its answer is missing. */
  readonly mayHaveHappened?: boolean;
  /** What Slack asks to wait. */
  readonly retryAfterMs?: number;
  /** Where in a payload the faults are, without what stands there. */
  readonly pointers?: readonly string[];
}

/** A call to Slack that failed. Holds nothing of what was sent: neither the token nor a card. */
export class SlackCallFailed extends Error {
  override readonly name = 'SlackCallFailed';
  readonly method: string;
  readonly kind: FailureKind;
  readonly code: string;
  readonly mayHaveHappened: boolean;
  readonly retryAfterMs: number | null;
  readonly pointers: readonly string[];

  constructor({ method, kind, code, mayHaveHappened, retryAfterMs, pointers }: FailureFacts) {
    super(`Slack answered ${method} with ${code}.`);
    this.method = method;
    this.kind = kind;
    this.code = code;
    this.mayHaveHappened = mayHaveHappened ?? false;
    this.retryAfterMs = retryAfterMs ?? null;
    this.pointers = pointers ?? [];
  }
}

const names: Readonly<Record<Exclude<FailureKind, 'refused'>, readonly string[]>> = {
  gone: [
    'cannot_dm_bot',
    'cant_update_message',
    'channel_is_limited_access',
    'channel_not_found',
    'edit_window_closed',
    'file_deleted',
    'file_not_found',
    'is_archived',
    'message_not_found',
    'not_found',
    'not_in_channel',
    'restricted_action_read_only_channel',
    'restricted_action_thread_locked',
    'thread_not_found',
    'user_disabled',
    'user_not_found',
    'user_not_in_channel',
    'user_not_visible',
    'users_not_found',
    'view_not_found',
  ],
  expired: [
    'exchanged_trigger_id',
    'expired_trigger_id',
    'expired_url',
    'invalid_trigger_id',
    'trigger_exchanged',
    'trigger_expired',
    'used_url',
  ],
  later: [
    'accesslimited',
    'external_channel_migrating',
    'fatal_error',
    'internal_error',
    'rate_limited',
    'ratelimited',
    'request_timeout',
    'service_unavailable',
    'team_added_to_org',
  ],
};

const kinds = new Map<string, FailureKind>(
  (['gone', 'expired', 'later'] as const).flatMap((kind) => names[kind].map((name) => [name, kind] as const)),
);

/** Slack says itself that part of it may have been done. */
const uncertain = ['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable'];

const tokenNames = [
  'account_inactive',
  'invalid_auth',
  'not_allowed_token_type',
  'not_authed',
  'token_expired',
  'token_revoked',
];

/** Slack's own name of an error, translated here and nowhere else. */
export function failureNamed(
  method: string,
  code: string,
  pointers: readonly string[] = [],
): SlackCallFailed {
  const kind = kinds.get(code) ?? 'refused';
  return new SlackCallFailed({ method, kind, code, pointers, mayHaveHappened: uncertain.includes(code) });
}

/** Slack does not know, or no longer takes, our token. */
export function isOurToken(error: unknown): boolean {
  return error instanceof SlackCallFailed && tokenNames.includes(error.code);
}

/** Where it broke; its words may quote a card. */
function ofOurs(error: unknown): object {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = error.stack?.match(/^ {4}at .+$/gm)?.slice(0, 8) ?? [];
  return { error: error.name, at: frames.map((frame) => frame.trim()) };
}

/** What may stand in the log of any error on the way to Slack. */
export function logged(error: unknown): object {
  if (!(error instanceof SlackCallFailed)) return ofOurs(error);
  const { method, kind, code, pointers } = error;
  return { method, kind, code, ...(pointers.length > 0 ? { pointers } : {}) };
}

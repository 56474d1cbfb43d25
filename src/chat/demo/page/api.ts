/** A message as the door keeps it. */
export interface Message {
  readonly id: string;
  readonly from: 'operator' | 'bot';
  readonly at: string;
  readonly revision: number;
  readonly text?: string;
  readonly card?: object;
  readonly file?: { readonly name: string; readonly size: number | null };
}

export interface Persona {
  readonly id: string;
  readonly displayName: string;
  readonly roleName: string;
}

export interface Conversation {
  readonly persona: string;
  readonly language: string;
  readonly personas: readonly Persona[];
  readonly commands: readonly string[];
  readonly words: Readonly<Record<string, string>>;
  readonly messages: readonly Message[];
  readonly cursor: string;
}

export type Outgoing =
  | { readonly kind: 'opened' }
  | { readonly kind: 'typed'; readonly text: string }
  | { readonly kind: 'pressed'; readonly messageId: string; readonly verb: string; readonly data: unknown };

/** The door's refusal; `unreachable` when it did not answer at all. */
export class Refusal extends Error {
  constructor(
    readonly code: string,
    readonly reference: string,
  ) {
    super(code);
  }
}

export async function readConversation(persona: string): Promise<Conversation> {
  return (await ask(`/demo/messages?persona=${encodeURIComponent(persona)}`)) as Conversation;
}

export async function send(persona: string, outgoing: Outgoing): Promise<readonly Message[]> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const answer = await ask('/demo/messages', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ persona, timeZone, ...outgoing }),
  });
  return (answer as { messages: readonly Message[] }).messages;
}

/** Refused with `unreadable-file` for what is none, as a folder. */
export async function sendFile(persona: string, file: File): Promise<readonly Message[]> {
  const isReadable = await file
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
  if (!isReadable) throw new Refusal('unreadable-file', '');
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const query = new URLSearchParams({ persona, timeZone, name: file.name });
  const answer = await ask(`/demo/files?${query.toString()}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
  });
  return (answer as { messages: readonly Message[] }).messages;
}

async function ask(path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(path, init).catch(() => null);
  if (!response) throw new Refusal('unreachable', '');
  if (response.ok) return response.json();
  const fault = (await response.json().catch(() => ({}))) as { error?: string; reference?: string };
  throw new Refusal(fault.error ?? 'unexpected', fault.reference ?? '');
}

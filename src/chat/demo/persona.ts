import type { PartnerRole } from '../../domain/permission';
import type { Conversation, Language } from '../../ports/chat';

/** Somebody the reader of the demo page can be, offered by name. */
export interface Persona {
  /** `web:<name>`: who the operator is. */
  readonly id: string;
  readonly displayName: string;
  readonly role: PartnerRole;
  readonly language: Language;
}

const personaId = /^web:[a-z0-9-]{1,32}$/;

export function isPersonaId(text: string): boolean {
  return personaId.test(text);
}

/** As people read it: whoever is not offered is called as they called themselves. */
export function nameOf(persona: string, personas: readonly Persona[]): string {
  return personas.find(({ id }) => id === persona)?.displayName ?? persona.slice('web:'.length);
}

/** Each persona has one private conversation with the bot. */
export function conversationOf(persona: string): Conversation {
  return { id: `demo:${persona.slice('web:'.length)}`, kind: 'personal' };
}

/** A persona that is offered speaks its own language, any other that of the browser. */
export function languageOf(
  persona: string | null,
  personas: readonly Persona[],
  acceptLanguage: string | undefined,
): Language {
  const known = personas.find(({ id }) => id === persona);
  return known?.language ?? preferredLanguage(acceptLanguage ?? '');
}

/** Who the reader is at first: somebody of the browser's language. */
export function firstPersona(
  personas: readonly Persona[],
  acceptLanguage: string | undefined,
): Persona | undefined {
  const language = preferredLanguage(acceptLanguage ?? '');
  return personas.find((persona) => persona.language === language) ?? personas[0];
}

function preferredLanguage(acceptLanguage: string): Language {
  const first = acceptLanguage.split(',').find((range) => /^\s*(en|fr)\b/i.test(range));
  return first && /^\s*fr\b/i.test(first) ? 'fr' : 'en';
}

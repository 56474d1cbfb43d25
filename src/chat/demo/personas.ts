import type { Persona } from './persona';

/** Whom the reader of the demo page can be. */
export const demoPersonas: readonly Persona[] = [
  { id: 'web:alice', displayName: 'Alice Martin', role: 'admin_agent', language: 'en' },
  { id: 'web:benoit', displayName: 'Benoît Lefèvre', role: 'admin_agent', language: 'fr' },
  { id: 'web:hugo', displayName: 'Hugo Brandt', role: 'helpdesk_agent', language: 'en' },
];

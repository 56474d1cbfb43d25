import type { Persona } from './api.js';
import { byId } from './dom.js';
import type { PageWords } from './words.js';

const someoneElse = 'someone-else';
const remembered = 'rollcall.persona';

/** Who the reader was last in this tab (the address), in this browser, or the first one offered. */
export function rememberedPersona(): string {
  const asked = [location.hash.slice(1), localStorage.getItem(remembered) ?? ''];
  const name = asked.find((text) => /^[a-z0-9-]{1,32}$/.test(text));
  return name === undefined ? (document.documentElement.dataset['persona'] ?? '') : `web:${name}`;
}

export function rememberPersona(persona: string): void {
  const name = persona.slice('web:'.length);
  localStorage.setItem(remembered, name);
  history.replaceState(null, '', `#${name}`);
}

export interface PersonaChooser {
  show(persona: string, personas: readonly Persona[], words: PageWords): void;
}

export function createPersonaChooser(choose: (persona: string) => void): PersonaChooser {
  const select = byId('persona', HTMLSelectElement);
  const form = byId('someone', HTMLFormElement);
  const name = byId('someone-name', HTMLInputElement);
  let current = '';

  select.addEventListener('change', () => {
    form.hidden = select.value !== someoneElse;
    if (form.hidden) choose(select.value);
    else name.focus();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    form.hidden = true;
    choose(`web:${name.value}`);
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    form.hidden = true;
    select.value = current;
    select.focus();
  });

  return {
    show(persona, personas, words) {
      current = persona;
      const offered = personas.map(
        ({ id, displayName, roleName }) => new Option(`${displayName} · ${roleName}`, id),
      );
      const stranger = personas.some(({ id }) => id === persona) ? [] : [new Option(persona, persona)];
      select.replaceChildren(...offered, ...stranger, new Option(words.say('someoneElse'), someoneElse));
      select.value = persona;
      const displayName = personas.find(({ id }) => id === persona)?.displayName;
      byId('avatar', HTMLElement).textContent = initials(displayName ?? persona.slice('web:'.length));
    },
  };
}

function initials(displayName: string): string {
  const parts = displayName.split(/[\s-]+/).filter(Boolean);
  return parts
    .slice(0, 2)
    .map((part) => part.charAt(0).toUpperCase())
    .join('');
}

import { createCommandList } from './command-list.js';
import { byId, create } from './dom.js';
import type { PageWords } from './words.js';

export interface Composer {
  offer(commands: readonly string[], words: PageWords): void;
}

/** `submit` answers whether the text has arrived: if not, it is kept in the field. */
export function createComposer(submit: (text: string) => Promise<boolean>): Composer {
  const form = byId('composer', HTMLFormElement);
  const field = byId('text', HTMLInputElement);
  const chips = byId('chips', HTMLElement);

  const say = async (text: string): Promise<void> => {
    if (!text.trim()) return;
    field.value = '';
    commands.close();
    if (!(await submit(text)) && !field.value) field.value = text;
  };
  const commands = createCommandList(byId('commands', HTMLElement), field, (command) => {
    field.focus();
    void say(command);
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void say(field.value);
  });
  field.addEventListener('input', () => commands.filter(field.value));
  field.addEventListener('blur', () => setTimeout(() => commands.close(), 150));
  field.addEventListener('keydown', (event) => {
    if (!event.isComposing && commands.handleKey(event.key)) event.preventDefault();
  });

  return {
    offer(names, words) {
      commands.offer(names, words);
      chips.replaceChildren(
        ...names.map((name) => {
          const chip = create('button', 'chip', `/${name}`);
          chip.type = 'button';
          chip.addEventListener('click', () => void say(`/${name}`));
          return chip;
        }),
      );
    },
  };
}

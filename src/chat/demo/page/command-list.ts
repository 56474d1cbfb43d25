import { create } from './dom.js';
import type { PageWords } from './words.js';

/** The commands that a typed `/` offers, moved through with the arrow keys while the focus stays in the field. */
export interface CommandList {
  offer(commands: readonly string[], words: PageWords): void;
  filter(text: string): void;
  /** True when the key was meant for the list. */
  handleKey(key: string): boolean;
  close(): void;
}

export function createCommandList(
  list: HTMLElement,
  field: HTMLInputElement,
  choose: (command: string) => void,
): CommandList {
  let all: readonly HTMLElement[] = [];
  let shown: readonly HTMLElement[] = [];
  let active = -1;

  const activate = (index: number): void => {
    active = shown.length ? (index + shown.length) % shown.length : -1;
    shown.forEach((option, at) => option.setAttribute('aria-selected', String(at === active)));
    const id = shown[active]?.id;
    if (id) field.setAttribute('aria-activedescendant', id);
    else field.removeAttribute('aria-activedescendant');
  };
  const open = (options: readonly HTMLElement[]): void => {
    shown = options;
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    field.setAttribute('aria-expanded', String(options.length > 0));
    activate(0);
  };
  const close = (): void => open([]);
  const take = (option: HTMLElement | undefined): void => {
    if (!option) return;
    close();
    choose(option.dataset['command'] ?? '');
  };

  return {
    close,
    offer(commands, words) {
      all = commands.map((command) => renderOption(command, words));
      for (const option of all) {
        option.addEventListener('click', () => take(option));
        option.addEventListener('pointermove', () => activate(shown.indexOf(option)));
      }
      close();
    },
    filter(text) {
      const typed = text.toLowerCase();
      const offered = all.filter(({ dataset }) => dataset['command']?.startsWith(typed));
      const isWhole = ({ dataset }: HTMLElement): boolean => dataset['command'] === typed;
      // A command typed to its end is the one that Enter takes, also where it is the beginning of another.
      open(typed.startsWith('/') ? offered.sort((a, b) => Number(isWhole(b)) - Number(isWhole(a))) : []);
    },
    handleKey(key) {
      if (list.hidden) return false;
      if (key === 'ArrowDown') activate(active + 1);
      else if (key === 'ArrowUp') activate(active - 1);
      else if (key === 'Escape') close();
      else if (key === 'Enter') take(shown[active]);
      else return false;
      return true;
    },
  };
}

function renderOption(command: string, words: PageWords): HTMLElement {
  const about = words.say(`about-${command}`);
  const option = create('li', 'command', create('span', 'command-name', `/${command}`));
  if (about) option.append(create('span', 'command-about', about));
  option.id = `command-${command}`;
  option.setAttribute('role', 'option');
  option.dataset['command'] = `/${command}`;
  return option;
}

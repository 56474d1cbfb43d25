/** The page's own words, in the language of the persona. */
export interface PageWords {
  say(key: string): string;
  has(key: string): boolean;
  readonly language: string;
}

export function createPageWords(language: string, words: Readonly<Record<string, string>>): PageWords {
  return {
    language,
    has: (key) => key in words,
    say: (key) => words[key] ?? '',
  };
}

/** Puts the words into the parts of the page that name them. */
export function showWords(words: PageWords): void {
  document.documentElement.lang = words.language;
  document.title = words.say('title');
  for (const element of document.querySelectorAll<HTMLElement>('[data-word]')) {
    element.textContent = words.say(element.dataset['word'] ?? '');
  }
  for (const element of document.querySelectorAll<HTMLElement>('[data-label]')) {
    element.setAttribute('aria-label', words.say(element.dataset['label'] ?? ''));
  }
  for (const element of document.querySelectorAll<HTMLInputElement>('[data-placeholder]')) {
    element.placeholder = words.say(element.dataset['placeholder'] ?? '');
  }
}

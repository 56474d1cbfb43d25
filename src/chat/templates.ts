import { readdirSync, readFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { Template } from 'adaptivecards-templating';
import type { Locale } from '../ports/chat';
import type { Words } from '../words/words';

const folder = join(__dirname, '..', '..', 'cards');

export function cardNames(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => parse(file).name);
}

/**
 * Gives the template of a card in the reader's language. Each is made once, when it is first wanted: expanding costs a
 * tenth of parsing, and parsing all of them would be a twentieth of a start.
 */
export function createTemplates(words: Pick<Words, 'section'>): (name: string, locale: Locale) => Template {
  const cards = new Map(
    cardNames().map((name) => [name, readFileSync(join(folder, `${name}.json`), 'utf8')]),
  );
  const templates = new Map<string, Template>();

  return (name, locale) => {
    const key = `${locale.language}:${name}`;
    const known = templates.get(key);
    if (known) return known;
    const card = cards.get(name);
    if (card === undefined) throw new Error(`There is no card "${name}" in ${folder}.`);
    const sections = { words: words.section(locale, name), common: words.section(locale, 'common') };
    const template = new Template(JSON.parse(withWords(card, sections)) as object);
    templates.set(key, template);
    return template;
  };
}

type Texts = Readonly<Record<string, string>>;

/** Our own words are the same in every card that is made of a template, so they need no expression. */
function withWords(card: string, sections: Readonly<Record<'words' | 'common', Texts>>): string {
  return card.replace(
    /\$\{(?:\$root\.)?(words|common)\.(\w+)\}/g,
    (expression, section: 'words' | 'common', name: string) => {
      const text = sections[section][name];
      return text === undefined ? expression : JSON.stringify(text).slice(1, -1);
    },
  );
}

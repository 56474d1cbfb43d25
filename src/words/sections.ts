import type { Language, Locale } from '../ports/chat';

type Texts = Readonly<Record<string, string>>;

/** Gives the fixed texts of a section by language; each section is picked out only once. */
export function createSections(
  texts: Readonly<Record<Language, object>>,
): (locale: Locale, path: string) => Texts {
  const sections = new Map<string, Texts>();

  return ({ language }, path) => {
    const name = `${language}:${path}`;
    const known = sections.get(name);
    if (known) return known;
    const section = fixedTexts(find(texts[language], path));
    sections.set(name, section);
    return section;
  };
}

function find(root: object, path: string): object {
  let place: unknown = root;
  for (const name of path.split('.')) {
    place = isObject(place) && Object.hasOwn(place, name) ? place[name] : undefined;
  }
  if (!isObject(place)) throw new Error(`No section stands in locales/ under '${path}'.`);
  return place;
}

function fixedTexts(section: object): Texts {
  const fixed = Object.entries(section).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && !entry[1].includes('{{') && !/_(zero|one|many|other)$/.test(entry[0]),
  );
  return Object.freeze(Object.fromEntries(fixed));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

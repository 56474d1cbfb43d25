import { distance } from 'fastest-levenshtein';
import { fields, type Field, type HeadingLanguage, type TableFamily } from '../ports/tables';
import { attributes, headingLanguages, labels } from './headings';

export interface KnownHeading {
  readonly field: Field;
  /** Only the heading of the user principal name, or one with Entra's brackets, tells whose file it is. */
  readonly family: TableFamily | null;
}

/** More of a heading makes no difference. */
const longestLabel = 200;
const required = /(?:required|obligatoire|requis|erforderlich|obbligatorio|obligatorio|obrigatorio)$/;
const password =
  /password|passwort|kennwort|motdepasse|mdp|contrasena|clave|senha|palavrapasse|passphrase|passcode|passwd|pwd|secret|pass$/;

/** Whose cells nobody may see: better one too many. */
export function isPasswordHeading(heading: string): boolean {
  return password.test(letters(heading));
}

export function knownHeading(heading: string): KnownHeading | null {
  const attribute = attributes.get(/\[\s*(\w+)\s*\]/.exec(heading.slice(0, longestLabel))?.[1] ?? '');
  if (attribute !== undefined) return { field: attribute, family: 'entra' };
  return knownLabels.get(label(heading)) ?? null;
}

/** The language that most of the headings are written in; the first of `headingLanguages` among equals. */
export function languageOf(headings: readonly string[]): HeadingLanguage {
  const words = headings.map((heading) => label(heading).replace(required, ''));
  const count = (language: HeadingLanguage) => {
    const known = new Set(fields.flatMap((field) => labelsOf(field, language)).map(label));
    return words.filter((word) => known.has(word)).length;
  };
  const counts = headingLanguages.map(count);
  return headingLanguages[counts.indexOf(Math.max(...counts))] ?? 'en';
}

/** How a column is called where it is written or asked for. */
export function labelFor(field: Field, language: HeadingLanguage, family: TableFamily): string {
  if (field !== 'userPrincipalName') return labels[language].others[field][0] ?? field;
  return labels[language].userPrincipalName[family === 'entra' ? 'rollcall' : family][0] ?? field;
}

/** The heading that was probably meant for a column, with typing errors. */
export function nearestHeading(
  field: Field,
  language: HeadingLanguage,
  headings: readonly string[],
): string | null {
  const wanted = [...labelsOf(field, language), ...labelsOf(field, 'en')].map(label);
  const rated = headings.flatMap((heading) => {
    const given = label(heading);
    return wanted.map((word) => ({ heading, far: distance(given, word), most: mostTypos(word) }));
  });
  const near = rated.filter(({ far, most }) => far <= most).sort((one, other) => one.far - other.far);
  return near[0]?.heading ?? null;
}

function mostTypos(word: string): number {
  return Math.min(3, Math.floor(word.length / 3));
}

function labelsOf(field: Field, language: HeadingLanguage): readonly string[] {
  if (field !== 'userPrincipalName') return labels[language].others[field];
  return Object.values(labels[language].userPrincipalName).flat();
}

/** Case, accents, blanks, signs, and what stands in brackets make no difference. */
function label(heading: string): string {
  return letters(heading.slice(0, longestLabel).replace(/\[[^\]]*\]|\([^)]*\)/g, ''));
}

function letters(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

const families = ['partner-center', 'microsoft-365', 'rollcall'] as const;

/** Every label of every language: none means two fields (a test holds it). */
const knownLabels: ReadonlyMap<string, KnownHeading> = new Map(
  headingLanguages.toReversed().flatMap((language) => {
    const { others, userPrincipalName } = labels[language];
    const names = families.flatMap((family) =>
      userPrincipalName[family].map((text): [string, KnownHeading] => [
        label(text),
        { field: 'userPrincipalName', family },
      ]),
    );
    const rest = fields.flatMap((field) =>
      field === 'userPrincipalName'
        ? []
        : others[field].map((text): [string, KnownHeading] => [label(text), { field, family: null }]),
    );
    return [...names, ...rest];
  }),
);

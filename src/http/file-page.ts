import type { Language } from '../ports/chat';
import type { Words } from '../words/words';
import { html } from '../domain/html';
import { languageSwitch, pagePolicy, renderPage } from './page';
import type { Say } from './revealed-accounts';

/** Why a link to a file gives none. */
export type FileFault =
  | { readonly kind: 'unknown' | 'away' | 'too-many' }
  | { readonly kind: 'failed'; readonly reference: string };

export type FilePage = (fault: FileFault, language: Language) => string;

export const filePagePolicy = pagePolicy(["form-action 'none'"]);

/** Renders what stands in place of a file, in the reader's language. */
export function createFilePage(words: Pick<Words, 't'>): FilePage {
  const sayIn =
    (language: Language): Say =>
    (key, params) =>
      words.t({ language, timeZone: 'UTC' }, `${sections[key] ?? 'filePage'}.${key}`, params);

  return (fault, language) => {
    const say = sayIn(language);
    const title = say(`${fault.kind}.title`);
    const reference = 'reference' in fault ? say('reference', { reference: fault.reference }) : null;
    const main = html`<h1>${title}</h1>
      <p>${say(`${fault.kind}.text`)}</p>
      ${reference === null ? null : html`<p class="soft">${reference}</p>`}`;
    return renderPage({ language, title, main, nav: languageSwitch(language, sayIn), script: '' }, say);
  };
}

/** What every page says alike stands with the page of the one-time links. */
const sections: Readonly<Record<string, string>> = {
  brand: 'handOver',
  language: 'handOver',
  languageName: 'handOver',
  reference: 'handOver',
};

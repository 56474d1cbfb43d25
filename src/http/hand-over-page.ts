import { createHash } from 'node:crypto';
import type { Account } from '../domain/hand-over';
import { languages, type Language } from '../ports/chat';
import type { Words } from '../words/words';
import { handOverScript } from './hand-over-script';
import { handOverStyle } from './hand-over-style';
import { Html, html } from './html';
import { revealed, type Say } from './revealed-accounts';

/** What a link leads to, and what its page tells. */
export type HandOverView =
  | { readonly kind: 'waiting'; readonly until: Date }
  | { readonly kind: 'revealed'; readonly accounts: readonly Account[] }
  | { readonly kind: 'opened'; readonly at: Date | null }
  | { readonly kind: 'unknown' | 'expired' | 'replaced' }
  /** Nothing was revealed: MongoDB is away, and the link is still good. */
  | { readonly kind: 'away' }
  /** MongoDB went away in the middle, so the link may be used up. */
  | { readonly kind: 'uncertain' }
  /** The seal does not open; nothing was revealed. */
  | { readonly kind: 'unreadable'; readonly reference: string }
  | { readonly kind: 'failed'; readonly reference: string }
  | { readonly kind: 'foreign' | 'too-many' };

export type HandOverPage = (view: HandOverView, language: Language) => string;

const hashOf = (text: string): string =>
  `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

export const handOverPolicy = [
  "default-src 'none'",
  `style-src ${hashOf(handOverStyle)}`,
  `script-src ${hashOf(handOverScript)}`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Renders the page of a one-time link, in the reader's language; times are in UTC and say so. */
export function createHandOverPage(words: Pick<Words, 't'>): HandOverPage {
  const sayIn =
    (language: Language): Say =>
    (key, params) =>
      words.t({ language, timeZone: 'UTC' }, `handOver.${key}`, params);

  return (view, language) => {
    const say = sayIn(language);
    const title = titleOf(view, say);
    const main =
      view.kind === 'revealed' ? revealed(view.accounts, title, language, say) : message(view, title, say);
    // A link to the other language would leave the page that shows the passwords, which is shown once.
    const nav = view.kind === 'revealed' ? null : languageSwitch(language, say, sayIn);
    return html`<!doctype html>
      <html lang="${language}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex, nofollow" />
          <title>${title} · ${say('brand')}</title>
          <link rel="icon" href="data:," />
          ${new Html(`<style>${handOverStyle}</style>`)}
        </head>
        <body>
          <header>
            <p class="brand">${say('brand')}</p>
            ${nav}
          </header>
          <main><div class="card">${main}</div></main>
          ${view.kind === 'revealed' ? new Html(`<script>${handOverScript}</script>`) : null}
        </body>
      </html>`.markup;
  };
}

function titleOf(view: HandOverView, say: Say): string {
  if (view.kind === 'revealed') return say('revealed.title', { count: view.accounts.length });
  return say(`${view.kind}.title`);
}

function languageSwitch(current: Language, say: Say, sayIn: (language: Language) => Say): Html {
  const items = languages.map((language) => {
    const name = sayIn(language)('languageName');
    const here = language === current ? html` aria-current="true"` : null;
    return html`<li>
      <a href="?lang=${language}" lang="${language}" hreflang="${language}" ${here}>${name}</a>
    </li>`;
  });
  return html`<nav aria-label="${say('language')}">
    <ul>
      ${items}
    </ul>
  </nav>`;
}

function message(view: Exclude<HandOverView, { kind: 'revealed' }>, title: string, say: Say): Html {
  const key = view.kind;
  if (key === 'waiting') return waiting(view.until, title, say);
  const at = view.kind === 'opened' && view.at ? html`<p>${say('opened.at', { at: view.at })}</p>` : null;
  const reference =
    'reference' in view ? html`<p class="soft">${say('reference', { reference: view.reference })}</p>` : null;
  return html`<h1>${title}</h1>
    ${at}
    <p>${say(`${key}.text`)}</p>
    <p>${say(`${key}.next`)}</p>
    ${reference}`;
}

/** The form posts to the address that the reader is at, its language included. */
function waiting(until: Date, title: string, say: Say): Html {
  return html`<h1>${title}</h1>
    <p>${say('waiting.text')}</p>
    <form method="post">
      <p><button type="submit">${say('waiting.button')}</button></p>
    </form>
    <p class="soft">${say('waiting.until', { at: until })}</p>`;
}

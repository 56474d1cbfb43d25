import { createHash } from 'node:crypto';
import { languages, type Language } from '../ports/chat';
import { handOverStyle } from './hand-over-style';
import { Html, html } from '../domain/html';
import type { Say } from './revealed-accounts';

/** A page that people open in a browser, whatever stands on it. */
export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly main: Html;
  readonly nav: Html | null;
  /** Own code, or ''. */
  readonly script: string;
}

/** Names `text` in a Content-Security-Policy. */
export function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** Nothing but its own style, and what `others` name. */
export function pagePolicy(others: readonly string[]): string {
  const own = ["default-src 'none'", `style-src ${hashOf(handOverStyle)}`];
  return [...own, ...others, 'img-src data:', "base-uri 'none'", "frame-ancestors 'none'"].join('; ');
}

export function renderPage({ language, title, main, nav, script }: Page, say: Say): string {
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
        ${script === '' ? null : new Html(`<script>${script}</script>`)}
      </body>
    </html>`.markup;
}

/** Leads to the same page in the other language. */
export function languageSwitch(current: Language, sayIn: (language: Language) => Say): Html {
  const items = languages.map((language) => {
    const name = sayIn(language)('languageName');
    const here = language === current ? html` aria-current="true"` : null;
    return html`<li>
      <a href="?lang=${language}" lang="${language}" hreflang="${language}" ${here}>${name}</a>
    </li>`;
  });
  return html`<nav aria-label="${sayIn(current)('language')}">
    <ul>
      ${items}
    </ul>
  </nav>`;
}

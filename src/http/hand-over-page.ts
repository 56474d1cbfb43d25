import type { Account } from '../domain/hand-over';
import type { Language } from '../ports/chat';
import type { Words } from '../words/words';
import { handOverScript } from './hand-over-script';
import { html, type Html } from './html';
import { hashOf, languageSwitch, pagePolicy, renderPage } from './page';
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

export const handOverPolicy = pagePolicy([`script-src ${hashOf(handOverScript)}`, "form-action 'self'"]);

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
    const isRevealed = view.kind === 'revealed';
    const nav = isRevealed ? null : languageSwitch(language, sayIn);
    const script = isRevealed ? handOverScript : '';
    return renderPage({ language, title, main, nav, script }, say);
  };
}

function titleOf(view: HandOverView, say: Say): string {
  if (view.kind === 'revealed') return say('revealed.title', { count: view.accounts.length });
  return say(`${view.kind}.title`);
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

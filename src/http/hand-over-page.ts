import type { Account } from '../domain/hand-over';
import type { Language } from '../ports/chat';
import type { Words } from '../words/words';
import { handOverScript } from './hand-over-script';
import { Html, html } from '../domain/html';
import { hashOf, languageSwitch, pagePolicy, renderPage } from './page';
import { csvInParts, framed, revealed, sheetWith, strip, type Say } from './revealed-accounts';

/** What is shown of a sheet: first for its CSV, then on the page, and never again. */
export interface RevealedSheet {
  readonly count: number;
  first(): AsyncIterable<readonly Account[]>;
  last(): AsyncIterable<readonly Account[]>;
}

/** What a link leads to, and what its page tells. */
export type HandOverView =
  | { readonly kind: 'waiting'; readonly until: Date }
  | { readonly kind: 'revealed'; readonly accounts: readonly Account[] }
  /** Of the sheet of an import, which is sent part by part. */
  | { readonly kind: 'revealed-sheet'; readonly sheet: RevealedSheet }
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

export interface HandOverPage {
  whole(view: WholeView, language: Language): string;
  /** The page of a sheet, piece by piece, as its parts are read. */
  inPieces(sheet: RevealedSheet, language: Language): AsyncIterable<string>;
}

type Revealed = { readonly kind: 'revealed' | 'revealed-sheet' };
/** A page in one piece. */
export type WholeView = Exclude<HandOverView, { readonly kind: 'revealed-sheet' }>;

export const handOverPolicy = pagePolicy([`script-src ${hashOf(handOverScript)}`, "form-action 'self'"]);

/** Renders the page of a one-time link, in the reader's language; times are in UTC and say so. */
export function createHandOverPage(words: Pick<Words, 't'>): HandOverPage {
  const sayIn =
    (language: Language): Say =>
    (key, params) =>
      words.t({ language, timeZone: 'UTC' }, `handOver.${key}`, params);

  // A link to the other language would leave the page that shows the passwords, which is shown once.
  const once = { nav: null, script: handOverScript } as const;

  return {
    whole(view, language) {
      const say = sayIn(language);
      if (view.kind === 'revealed') {
        const title = say('revealed.title', { count: view.accounts.length });
        const main = revealed(view.accounts, title, say, language);
        return renderPage({ language, title, main, ...once }, say);
      }
      const title = say(`${view.kind}.title`);
      const main = message(view, title, say);
      return renderPage({ language, title, main, nav: languageSwitch(language, sayIn), script: '' }, say);
    },

    async *inPieces(sheet, language) {
      const say = sayIn(language);
      const title = say('revealed.title', { count: sheet.count });
      const { csv, strips } = marks;
      const main = framed(sheetWith(csv, new Html(strips), say), title);
      const page = renderPage({ language, title, main, ...once }, say);
      const [head = '', middle = '', tail = ''] = page.split(new RegExp(`${csv}|${strips}`));
      const { heading, rowsOf } = csvInParts(language, say);
      yield head + heading;
      for await (const accounts of sheet.first()) yield rowsOf(accounts);
      yield middle;
      for await (const accounts of sheet.last())
        yield accounts.map((account) => strip(account, say).markup).join('');
      yield tail;
    },
  };
}

/** Stand for what comes later, in a page that is sent piece by piece; no text of the page holds them. */
const marks = { csv: '0-the-csv-0', strips: '0-the-strips-0' } as const;

function message(view: Exclude<HandOverView, Revealed>, title: string, say: Say): Html {
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

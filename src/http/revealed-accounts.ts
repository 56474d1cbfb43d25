import { renderCsv, renderCsvRow } from '../domain/csv';
import type { Account } from '../domain/hand-over';
import type { Language } from '../ports/chat';
import { html, type Html } from '../domain/html';

/** A text of the page in the reader's language. */
export type Say = (key: string, params?: Readonly<Record<string, string | number | Date>>) => string;

/** What is shown once: one password, or a sheet to be cut into strips. */
export function revealed(accounts: readonly Account[], title: string, say: Say, language: Language): Html {
  const [only] = accounts;
  return framed(only && accounts.length === 1 ? single(only, say) : sheet(accounts, language, say), title);
}

/** The title, and where a script tells what it did. */
export function framed(content: Html, title: string): Html {
  return html`<h1 tabindex="-1" autofocus>${title}</h1>
    ${content}
    <p id="status" class="screen" role="status"></p>`;
}

function single(account: Account, say: Say): Html {
  return html`<p class="screen">${say('revealed.once')}</p>
    <dl class="one">
      <div>
        <dt>${say('field.userPrincipalName')}</dt>
        <dd><span data-field="userPrincipalName">${account.userPrincipalName}</span></dd>
      </div>
      <div>
        <dt>${say('field.password')}</dt>
        <dd class="secret"><code data-field="password">${account.password}</code></dd>
      </div>
    </dl>
    <p class="screen">
      <button
        type="button"
        hidden
        data-does="copy"
        data-done="${say('copied')}"
        data-failed="${say('notCopied')}"
      >
        ${say('copy')}
      </button>
    </p>
    <p>${say('revealed.next')}</p>`;
}

function sheet(accounts: readonly Account[], language: Language, say: Say): Html {
  const href = encode(csvOf(accounts, language, say));
  return sheetWith(
    href,
    accounts.map((account) => strip(account, say)),
    say,
  );
}

/** `csv` as it stands in an address. */
export function sheetWith(csv: string, strips: Html | readonly Html[], say: Say): Html {
  const href = `data:text/csv;charset=utf-8,${csv}`;
  return html`<div class="screen">
      <p>${say('sheet.once')}</p>
      <div class="row">
        <button type="button" hidden data-does="print">${say('print')}</button>
        <a class="button second" href="${href}" download="${say('csv.file')}">${say('csv.download')}</a>
      </div>
      <p class="soft" data-without-script>${say('sheet.printHint')}</p>
      <p class="soft">${say('csv.care')}</p>
    </div>
    <ul class="sheet" role="list">
      ${strips}
    </ul>`;
}

export function strip(account: Account, say: Say): Html {
  return html`<li>
    <p class="name"><bdi>${account.displayName}</bdi></p>
    <dl>
      <div>
        <dt>${say('field.userPrincipalName')}</dt>
        <dd><span data-field="userPrincipalName">${account.userPrincipalName}</span></dd>
      </div>
      <div>
        <dt>${say('field.password')}</dt>
        <dd><code data-field="password">${account.password}</code></dd>
      </div>
    </dl>
    <p class="soft">${say('sheet.next')}</p>
  </li>`;
}

function csvOf(accounts: readonly Account[], language: Language, say: Say): string {
  return renderCsv([csvHeading(say), ...accounts.map(csvRow)], separatorFor(language));
}

function csvHeading(say: Say): string[] {
  return [say('field.displayName'), say('field.userPrincipalName'), say('field.password')];
}

function csvRow({ displayName, userPrincipalName, password }: Account): string[] {
  return [displayName, userPrincipalName, password];
}

function separatorFor(language: Language) {
  return language === 'fr' ? ';' : ',';
}

/** The beginning of the same CSV, as it stands in an address, and what each account adds to it. */
export function csvInParts(language: Language, say: Say) {
  const separator = separatorFor(language);
  return {
    heading: encode(renderCsv([csvHeading(say)], separator)),
    rowsOf: (accounts: readonly Account[]): string =>
      encode(accounts.map((account) => renderCsvRow(csvRow(account), separator) + '\r\n').join('')),
  };
}

/** Half a character, which a name may hold, cannot stand in an address. */
function encode(text: string): string {
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
  return encodeURIComponent(wellFormed).replaceAll("'", '%27');
}

import { html, type Html } from '../domain/html';
import type { HandOverLetter } from '../ports/mail';
import type { Words } from '../words/words';

/** A letter as it is sent: the same twice, for programs that show no HTML too. */
export interface WrittenLetter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

type Say = (key: string) => string;

const light = {
  page: '#f3f6f6',
  card: '#ffffff',
  text: '#18262a',
  soft: '#51646a',
  accent: '#0f6c73',
} as const;
const font = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,sans-serif';
const paragraph = `margin:0 0 16px;font-size:17px;line-height:1.55;color:${light.text}`;
const small = `margin:0 0 12px;font-size:15px;line-height:1.5;color:${light.soft}`;
const button = [
  'display:inline-block;padding:13px 24px;font-size:17px;font-weight:600;line-height:1.3;text-decoration:none',
  `border-radius:9px;background:${light.accent};color:#ffffff`,
].join(';');

const address = `${paragraph};font-family:ui-monospace,Consolas,monospace;word-break:break-all`;

/** Writes a letter in its language. Times are in UTC and say so: nobody knows where the reader is. */
export function writeLetter(letter: HandOverLetter, words: Pick<Words, 't'>): WrittenLetter {
  const { language, displayName, customerName } = letter;
  const params = { displayName, customerName, ...(letter.says === 'link' ? { at: letter.until } : {}) };
  const say: Say = (key) => words.t({ language, timeZone: 'UTC' }, `letter.${key}`, params);
  const { subject, text, body, stranger } =
    letter.says === 'link' ? ofLink(letter.link, say) : ofUserName(letter.userPrincipalName, say);
  const plain = [say('greeting'), ...text, stranger, `-- \n${say('sender')}`].join('\n\n');
  return { subject, text: plain, html: page({ language, subject, body, stranger }, say).markup };
}

interface Said {
  readonly subject: string;
  /** Between the greeting and the foot, for programs that show no HTML. */
  readonly text: readonly string[];
  readonly body: Html;
  /** To somebody who did not expect it. */
  readonly stranger: string;
}

function ofLink(link: string, say: Say): Said {
  return {
    subject: say('subject'),
    text: [say('made'), say('open'), link, say('once'), say('until')],
    body: html`<p style="${paragraph}">${say('made')}</p>
      <p style="margin:0 0 20px"><a href="${link}" style="${button}">${say('button')}</a></p>
      <p style="${paragraph}">${say('once')}</p>
      <p style="${paragraph}">${say('until')}</p>
      <p style="${small}">${say('copy')}</p>
      <p style="${small};word-break:break-all">${link}</p>`,
    stranger: say('stranger'),
  };
}

function ofUserName(userPrincipalName: string, say: Say): Said {
  return {
    subject: say('userName.subject'),
    text: [say('userName.made'), userPrincipalName, say('userName.apart')],
    body: html`<p style="${paragraph}">${say('userName.made')}</p>
      <p style="${address}">${userPrincipalName}</p>
      <p style="${paragraph}">${say('userName.apart')}</p>`,
    stranger: say('userName.stranger'),
  };
}

type Framed = Pick<Said, 'subject' | 'body' | 'stranger'> & Pick<HandOverLetter, 'language'>;

function page({ language, subject, body, stranger }: Framed, say: Say): Html {
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light" />
        <title>${subject}</title>
      </head>
      <body style="margin:0;padding:0;background:${light.page};${font}">
        <div style="max-width:560px;margin:0 auto;padding:20px 16px 32px">
          <p style="margin:0 0 12px;font-size:15px;font-weight:650;color:${light.accent}">${say('brand')}</p>
          <div style="padding:24px 20px;border-radius:14px;background:${light.card};overflow-wrap:anywhere">
            <h1 style="margin:0 0 16px;font-size:23px;line-height:1.25;color:${light.text}">${subject}</h1>
            <p style="${paragraph}">${say('greeting')}</p>
            ${body}
          </div>
          <p style="${small};margin-top:16px">${stranger}</p>
        </div>
      </body>
    </html>`;
}

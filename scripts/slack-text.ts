import type { RichTextBlock, RichTextElement, RichTextSection, RichTextStyleable } from '@slack/types';

interface TextObject {
  readonly type: 'plain_text' | 'mrkdwn';
  readonly text: string;
}

export function escaped(text: string): string {
  const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"✅]/gu, (mark) => marks[mark] ?? signs[mark] ?? mark);
}

/** The fonts here have no such sign; Slack has its own. */
const signs: Readonly<Record<string, string>> = { '✅': '<span class="good">✔</span>' };

export function textHtml({ type, text }: TextObject): string {
  return lines(type === 'mrkdwn' ? markedHtml(text) : escaped(text));
}

/** Slack's own marks; `&`, `<` and `>` are written as entities in it already. */
function markedHtml(text: string): string {
  return text
    .replace(/<(https?:[^|>]+)\|([^>]+)>/g, '<a href="$1">$2</a>')
    .replace(/<(https?:[^|>]+)>/g, '<a href="$1">$1</a>')
    .replace(/`([^`\n]+)`/g, '<code>$1</code>')
    .replace(/(^|[\s(])\*([^*\n]+)\*/g, '$1<b>$2</b>')
    .replace(/(^|[\s(])_([^_\n]+)_/g, '$1<i>$2</i>')
    .replace(/(^|[\s(])~([^~\n]+)~/g, '$1<s>$2</s>');
}

function lines(html: string): string {
  return html.replaceAll('\n', '<br>');
}

export function richTextHtml({ elements }: Pick<RichTextBlock, 'elements'>): string {
  return elements
    .map((element) => {
      switch (element.type) {
        case 'rich_text_section':
          return `<div>${sectionHtml(element)}</div>`;
        case 'rich_text_list': {
          const tag = element.style === 'ordered' ? 'ol' : 'ul';
          const items = element.elements.map((item) => `<li>${sectionHtml(item)}</li>`).join('');
          return `<${tag} style="margin-left:${(element.indent ?? 0) * 24}px">${items}</${tag}>`;
        }
        case 'rich_text_quote':
          return `<blockquote>${element.elements.map(runHtml).join('')}</blockquote>`;
        case 'rich_text_preformatted':
          return `<pre>${element.elements.map(runHtml).join('')}</pre>`;
      }
    })
    .join('');
}

function sectionHtml({ elements }: RichTextSection): string {
  return elements.map(runHtml).join('');
}

function runHtml(run: RichTextElement): string {
  switch (run.type) {
    case 'text':
      return styled(lines(escaped(run.text)), run.style);
    case 'link':
      return styled(`<a href="${escaped(run.url)}">${escaped(run.text ?? run.url)}</a>`, run.style);
    default:
      throw new Error(`A run of the type "${run.type}" cannot be drawn yet: add it to slack-text.ts.`);
  }
}

function styled(html: string, style: RichTextStyleable['style'] = {}): string {
  const tags = { bold: 'b', italic: 'i', strike: 's', code: 'code' } as const;
  return (['bold', 'italic', 'strike', 'code'] as const)
    .filter((name) => style[name] === true)
    .reduce((inner, name) => `<${tags[name]}>${inner}</${tags[name]}>`, html);
}

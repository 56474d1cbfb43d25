import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnyBlock, ContextBlock, InputBlock, KnownBlock, ModalView, SectionBlock } from '@slack/types';
import { buttonHtml, elementHtml } from './slack-elements';
import { escaped, richTextHtml, textHtml } from './slack-text';

export const slackStyle = readFileSync(join(__dirname, 'slack.css'), 'utf8');

/** A message of the app, as it stands in a conversation. */
export function messageHtml(blocks: readonly KnownBlock[]): string {
  const head =
    '<div class="who"><b>Rollcall</b><span class="app">APP</span><span class="faint small">09:00</span></div>';
  return `<div class="slack message"><div class="avatar">✓</div><div class="body">${head}${blocksHtml(blocks)}</div></div>`;
}

export function homeHtml(blocks: readonly KnownBlock[]): string {
  return `<div class="slack home">${blocksHtml(blocks)}</div>`;
}

export function modalHtml({
  title,
  submit,
  close,
  blocks,
}: Pick<ModalView, 'title' | 'submit' | 'close' | 'blocks'>): string {
  const buttons = [
    ...(close ? [buttonHtml({ text: close })] : []),
    ...(submit ? [buttonHtml({ text: submit, style: 'primary' })] : []),
  ];
  const head = `<header><span class="avatar">✓</span><b>${escaped(title.text)}</b><span class="cross">×</span></header>`;
  const foot = buttons.length > 0 ? `<footer>${buttons.join('')}</footer>` : '';
  return `<div class="slack modal">${head}<div class="body">${blocksHtml(blocks)}</div>${foot}</div>`;
}

function blocksHtml(blocks: readonly AnyBlock[]): string {
  return blocks
    .map((block) => {
      if (!isDrawn(block))
        throw new Error(`A block "${block.type}" cannot be drawn yet: add it to slack-html.ts.`);
      return `<div class="block ${block.type}">${blockHtml(block)}</div>`;
    })
    .join('');
}

const drawn = ['header', 'section', 'context', 'rich_text', 'divider', 'actions', 'input', 'image'] as const;
type Drawn = Extract<KnownBlock, { type: (typeof drawn)[number] }>;

function isDrawn(block: AnyBlock): block is Drawn {
  return drawn.some((type) => type === block.type);
}

function blockHtml(block: Drawn): string {
  switch (block.type) {
    case 'header':
      return escaped(block.text.text);
    case 'section':
      return sectionHtml(block);
    case 'context':
      return contextHtml(block);
    case 'rich_text':
      return richTextHtml(block);
    case 'divider':
      return '<hr>';
    case 'actions':
      return block.elements.map(elementHtml).join('');
    case 'input':
      return inputHtml(block);
    case 'image': {
      const title = block.title ? `<div class="small">${escaped(block.title.text)}</div>` : '';
      return title + ('image_url' in block ? `<img src="${escaped(block.image_url)}" alt="">` : '');
    }
  }
}

function sectionHtml({ text, fields = [], accessory }: SectionBlock): string {
  const cells = fields.map((field) => `<div>${textHtml(field)}</div>`).join('');
  const words = [
    ...(text ? [`<div>${textHtml(text)}</div>`] : []),
    ...(cells ? [`<div class="fields">${cells}</div>`] : []),
  ].join('');
  return `<div class="words">${words}</div>${accessory ? `<div class="accessory">${elementHtml(accessory)}</div>` : ''}`;
}

function contextHtml({ elements }: ContextBlock): string {
  return elements
    .map((element) => (element.type === 'image' ? elementHtml(element) : `<span>${textHtml(element)}</span>`))
    .join('');
}

function inputHtml({ label, optional, element, hint }: InputBlock): string {
  const may = optional === true ? ' <span class="faint optional"></span>' : '';
  const below = hint ? `<div class="faint small">${escaped(hint.text)}</div>` : '';
  return `<div class="label">${escaped(label.text)}${may}</div>${elementHtml(element)}${below}`;
}

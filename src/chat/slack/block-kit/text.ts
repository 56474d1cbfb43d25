import type { PlainTextElement } from '@slack/types';

const ellipsis = '…';

/** At most so many characters, the end replaced by an ellipsis; no pair of surrogates is parted. */
export function cut(text: string, most: number): string {
  return text.length <= most ? text : `${start(text, most - ellipsis.length).trimEnd()}${ellipsis}`;
}

function start(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  const parted = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, parted ? length - 1 : length);
}

/** Pieces of at most so many characters, parted at a line end or a space where there is one. */
export function piecesOf(text: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > most) {
    const at = Math.max(rest.lastIndexOf('\n', most), 0) || Math.max(rest.lastIndexOf(' ', most), 0);
    const piece = at > 0 ? rest.slice(0, at) : start(rest, most);
    pieces.push(piece);
    rest = rest.slice(at > 0 ? at + 1 : piece.length);
  }
  return [...pieces, rest];
}

/** Text that Slack reads as nothing but text: no mark, mention or emoji in it comes alive. */
export function plain(text: string, most: number): PlainTextElement {
  return { type: 'plain_text', text: cut(isBlank(text) ? ellipsis : text, most), emoji: false };
}

export function isBlank(text: string): boolean {
  return text.trim() === '';
}

export function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

import { elementsOf } from './block-rules';
import { isJson, type Json, listOf, textAt } from './json';

/** Something with blocks that a person looks at: a message, a modal, a home tab. */
export type Screen = readonly Json[];

export interface SlackButton {
  readonly block: Json;
  readonly element: Json;
  readonly verb: string;
  readonly title: string;
  /** What is said beside it, or above it since the last button. */
  readonly row: string;
}

/** Everything that can be read, block by block. */
export function readScreen(screen: Screen): string {
  return screen.map(readBlock).filter(Boolean).join('\n');
}

function readBlock(block: Json): string {
  const parts = [
    block.label,
    block.text,
    ...listOf(block.fields),
    ...(['context', 'rich_text'].includes(textAt(block, 'type')) ? listOf(block.elements) : []),
    ...(Array.isArray(block.rows) ? block.rows.flatMap((row) => listOf(row)) : []),
    block.hint,
    textAt(block, 'alt_text'),
    textAt(block, 'element', 'placeholder', 'text'),
  ];
  return parts.map(readText).filter(Boolean).join('\n');
}

/** A text object, or a part of a rich text down to its leaves. */
function readText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (!isJson(value)) return '';
  if (typeof value.text === 'string') return value.text;
  if (typeof value.value === 'string') return value.value;
  const parts = listOf(value.elements);
  const isLine = textAt(value, 'type') === 'rich_text_section';
  return parts.map(readText).join(isLine ? '' : '\n') || textAt(value, 'url') || textAt(value, 'alt_text');
}

export function buttonsOf(screen: Screen): readonly SlackButton[] {
  let above: string[] = [];
  return screen.flatMap((block) => {
    above.push(readBlock(block));
    const buttons = elementsOf(block).filter(({ type }) => type === 'button');
    if (buttons.length === 0) return [];
    const row = above.join('\n');
    above = [];
    return buttons.map((element) => ({
      block,
      element,
      verb: textAt(element, 'action_id').replace(/:\d+$/, ''),
      title: textAt(element, 'text', 'text'),
      row: `${row}\n${textAt(element, 'accessibility_label')}`,
    }));
  });
}

/** The one button that a person means by its verb or title, and where there are several by what is said beside it. */
export function findButton(screen: Screen, button: string, row?: string): SlackButton {
  const all = buttonsOf(screen);
  const meant = all.filter(({ verb, title }) => verb === button || title === button);
  const found = row === undefined ? meant : meant.filter((one) => one.row.includes(row));
  const [first] = found;
  if (first) return first;
  const there = all.map(({ verb, title }) => `${verb} (${title})`).join(', ');
  throw new Error(
    `No button "${button}"${row ? ` in the row of "${row}"` : ''} but: ${there}\n${readScreen(screen)}`,
  );
}

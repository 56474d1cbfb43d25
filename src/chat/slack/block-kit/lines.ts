import { isolated, setOff } from './beside';
import { runsOfMarkdown, type Run } from './markdown';
import { isNode, textOf, type Node } from './node';
import { isBlank, isWebAddress } from './text';

export interface Line {
  readonly runs: readonly Run[];
  /** Secondary: shown small and grey where that is possible. */
  readonly small: boolean;
  /** What the card says by colour, which Slack has not. */
  readonly mark?: 'warning' | 'good';
}

/** The lines of a TextBlock, whose text is Markdown. */
export function linesOfText(node: Node): Line[] {
  const style = styleOf(node);
  const runs = runsOfMarkdown(textOf(node, 'text')).map((run) => ({ ...run, ...style }));
  return splitLines(runs).map((line) => ({
    runs: line,
    small: isQuiet(node),
    ...markOf([textOf(node, 'color')]),
  }));
}

/** The lines of a RichTextBlock. */
export function linesOfRuns(node: Node): Line[] {
  const inlines = Array.isArray(node.inlines) ? node.inlines.flatMap(inlineOf) : [];
  const runs = inlines.map((inline) => ({ text: textOf(inline, 'text'), ...styleOf(inline) }));
  return splitLines(setOff(runs)).map((line) => ({
    runs: line.length > 1 ? line.map(isolated) : line,
    small: inlines.every(isQuiet),
    ...markOf(inlines.map((inline) => textOf(inline, 'color'))),
  }));
}

/** Words of one style, as lines. */
export function linesOf(text: string, style: Omit<Run, 'text'> = {}, small = false): Line[] {
  return splitLines([{ text, ...style }]).map((runs) => ({ runs, small }));
}

export function bold(line: Line): Line {
  return { ...line, runs: line.runs.map((run) => ({ ...run, bold: true })) };
}

export function plainOf(line: Line): string {
  return line.runs
    .map(({ text, link }) => (link !== undefined && link !== text ? `${text} (${link})` : text))
    .join('');
}

export function lengthOf(line: Line): number {
  return line.runs.reduce((sum, { text }) => sum + text.length, 1);
}

function inlineOf(inline: unknown): Node[] {
  const node: Node = typeof inline === 'string' ? { text: inline } : isNode(inline) ? inline : {};
  return textOf(node, 'text') === '' || node.isVisible === false ? [] : [node];
}

function styleOf(node: Node): Omit<Run, 'text'> {
  const link = isNode(node.selectAction) ? textOf(node.selectAction, 'url') : '';
  return {
    ...(node.weight === 'Bolder' ? { bold: true } : {}),
    ...(node.italic === true ? { italic: true } : {}),
    ...(node.strikethrough === true ? { strike: true } : {}),
    ...(node.fontType === 'Monospace' ? { code: true } : {}),
    ...(isWebAddress(link) ? { link } : {}),
  };
}

function isQuiet(node: Node): boolean {
  return node.isSubtle === true || node.size === 'Small';
}

function markOf(colours: readonly string[]): { mark?: 'warning' } {
  const warns = colours.length > 0 && colours.every((one) => one === 'Attention' || one === 'Warning');
  return warns ? { mark: 'warning' } : {};
}

function splitLines(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const run of runs) {
    run.text.split(/\r\n|\r|\n/).forEach((text, index) => {
      if (index > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push(...spacedOf({ ...run, text }));
    });
  }
  return lines.filter((line) => line.some(({ text }) => !isBlank(text)));
}

/** The space before and after a styled stretch is none of it: code would show it. */
function spacedOf(run: Run): Run[] {
  const text = run.text.trim();
  if (text === run.text) return [run];
  if (text === '') return [{ text: run.text }];
  const at = run.text.indexOf(text);
  const around = [run.text.slice(0, at), run.text.slice(at + text.length)];
  const [before, after] = around.map((space) => (space === '' ? [] : [{ text: space }]));
  return [...(before ?? []), { ...run, text }, ...(after ?? [])];
}

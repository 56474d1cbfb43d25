import type { PlainTextOption } from '@slack/types';
import { limits } from './limits';
import { nodesOf, textOf, type Node } from './node';
import type { Scene } from './scene';
import { cut, plain } from './text';

export interface OptionGroup {
  label: { type: 'plain_text'; text: string; emoji?: boolean };
  options: PlainTextOption[];
}

/** What can be chosen. A choice without a value stands for nothing: Slack has that without an option. */
export function optionsOf(node: Node, at: string, scene: Scene): PlainTextOption[] {
  const known = new Set<string>();
  let [doubled, tooLong, shortened] = [0, 0, 0];
  const options = nodesOf(node, 'choices').flatMap((choice) => {
    const value = textOf(choice, 'value');
    if (value === '') return [];
    if (value.length > limits.optionValue) tooLong += 1;
    if (known.has(value)) doubled += 1;
    if (value.length > limits.optionValue || known.has(value)) return [];
    known.add(value);
    const title = textOf(choice, 'title') || value;
    const shown = titleOf(title);
    if (title.length > limits.option && isShortened(shown, title)) shortened += 1;
    return [{ ...shown, value }];
  });
  if (tooLong > 0) scene.warn(at, `choices left out whose value is too long: ${tooLong}`);
  if (doubled > 0) scene.warn(at, `choices left out that stand twice: ${doubled}`);
  if (shortened > 0) scene.warn(at, `choices whose title is cut: ${shortened}`);
  return options;
}

/** Beyond it nobody looks for an address. */
const longestTitle = 1000;

type Title = Pick<PlainTextOption, 'text' | 'description'>;

/** A title as option: what is too long for its line goes on in the line below, and no address is parted by a cut. */
function titleOf(title: string): Title {
  if (title.length <= limits.option) return { text: plain(title, limits.option) };
  const found = /[^\s<>(),;]+@[^\s<>(),;]+/.exec(title.slice(0, longestTitle));
  if (!found) return titleInTwo(title);
  const address = found[0];
  const before = title.slice(0, found.index);
  const after = title.slice(found.index + address.length).replace(/^[\s·–,;-]+/, '');
  return titleAround({ before, address, after });
}

/** At least so much of a name must be left for it to stand before its address. */
const shortestName = 12;

function titleAround({ before, address, after }: Record<'before' | 'address' | 'after', string>): Title {
  const room = limits.option - address.length;
  const name = before.replace(/[\s·–,;-]+$/, '');
  if (before.length <= room) return lines(before + address, after);
  if (room >= shortestName) return lines(`${cut(name, room - 1)} ${address}`, after);
  if (address.length <= limits.option) {
    const rest = limits.option - address.length - 3;
    return lines(name, after !== '' && after.length <= rest ? `${address} · ${after}` : address);
  }
  const domain = address.lastIndexOf('@') + 1;
  return lines(address.slice(0, domain), `${address.slice(domain)} · ${name}`);
}

function isShortened({ text, description }: Title, title: string): boolean {
  return (text.text + (description?.text ?? '')).includes('…') && !title.includes('…');
}

function titleInTwo(title: string): Title {
  const space = title.lastIndexOf(' ', limits.option);
  const end = space > limits.option / 2 ? space : limits.option;
  return lines(title.slice(0, end), title.slice(end).trim());
}

function lines(text: string, below: string): Title {
  return {
    text: plain(text, limits.option),
    ...(below === '' ? {} : { description: plain(below, limits.option) }),
  };
}

/** More options than a list holds, in groups that say from where to where they go. */
export function groupsOf(options: readonly PlainTextOption[]): OptionGroup[] {
  const groups: OptionGroup[] = [];
  for (let first = 0; first < options.length; first += limits.options) {
    const group = options.slice(first, first + limits.options);
    groups.push({ label: plain(rangeOf(group), limits.option), options: group });
  }
  return groups;
}

function rangeOf(group: readonly PlainTextOption[]): string {
  const half = Math.floor((limits.option - 3) / 2);
  const [from, to] = [group[0], group.at(-1)].map((option) => cut(option?.text.text ?? '', half));
  return from === to ? (from ?? '') : `${from ?? ''} – ${to ?? ''}`;
}

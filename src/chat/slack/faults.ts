import { isRecord } from '../is-record';
import type { Modal } from './block-kit/convert';
import type { ShownInput } from './block-kit/state';

/** The form as it was sent, and as the open view shows it. */
export interface SentForm {
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly values: Readonly<Record<string, string>>;
  readonly shown: readonly ShownInput[];
}

/**
 * The faults of a form that came back, by the blocks of the open view, so that the view can stay as it is. Null where
 * there is none, or where more than that has changed.
 */
export function faultsAtFields(card: object, modal: Modal, sent: SentForm): Record<string, string> | null {
  const nodes = visibleNodes(card);
  const faults = nodes.flatMap(faultOf);
  if (faults.length === 0 || modal.submit?.verb !== sent.verb) return null;
  if (!isSameData(modal.submit.data, sent.data) || !isAsTyped(nodes, sent)) return null;
  const errors: Record<string, string> = {};
  for (const { input, text } of faults) {
    const block = sent.shown.find(({ id }) => id === input)?.blockId;
    if (block === undefined || text === '') return null;
    errors[block] = text;
  }
  return errors;
}

type Node = Readonly<Record<string, unknown>>;

function visibleNodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(visibleNodes);
  if (!isRecord(value) || value['isVisible'] === false) return [];
  return [value, ...Object.values(value).flatMap(visibleNodes)];
}

function faultOf({ id, ...node }: Node): { input: string; text: string }[] {
  if (typeof id !== 'string' || !id.startsWith('fault.')) return [];
  const texts = visibleNodes(node).map(({ text }) => (typeof text === 'string' ? text : ''));
  return [{ input: id.slice('fault.'.length), text: texts.filter((text) => text !== '').join(' ') }];
}

function isAsTyped(nodes: readonly Node[], { values }: SentForm): boolean {
  const inputs = nodes.filter(({ type }) => typeof type === 'string' && type.startsWith('Input.'));
  const ids = new Set(inputs.map(({ id }) => id));
  return (
    ids.size === Object.keys(values).length &&
    inputs.every((input) => {
      const typed = typeof input['id'] === 'string' ? values[input['id']] : undefined;
      return typed !== undefined && normal(typed) === normal(valueOf(input));
    })
  );
}

function valueOf({ value }: Node): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : '';
}

/** A toggle that is off stands as nothing in Slack, and several choices in the order of their list. */
function normal(value: string): string {
  return value === 'false' ? '' : value.split(',').sort().join(',');
}

/** Each form that is drawn anew has another id; everything else that it freezes has to be the same. */
function isSameData(one: object, other: object): boolean {
  return canonical(one) === canonical(other);
}

const changing = ['form', 'seal'];

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const names = Object.keys(value).filter((name) => !changing.includes(name) && value[name] !== undefined);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`)
    .join(',')}}`;
}

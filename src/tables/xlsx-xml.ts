import { SaxesParser } from 'saxes';
import { WorkbookFault } from './xlsx-archive';

const deepest = 64;
const mostAttributes = 256;

type Attributes = Readonly<Record<string, string>>;

/** Names of elements come without their prefix. */
export interface XmlReader<T> {
  readonly open: (name: string, attributes: Attributes, emit: (one: T) => void) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string, emit: (one: T) => void) => void;
}

/** What a reader emits while XML streams by. A document type is refused: no entity is ever looked up. */
export async function* readXml<T>(
  pieces: AsyncIterable<Buffer>,
  reader: XmlReader<T>,
): AsyncGenerator<T, void, undefined> {
  let ready: T[] = [];
  const emit = (one: T) => ready.push(one);
  const parser = new SaxesParser();
  const excess = createExcess();
  parser.on('doctype', excess.refuse);
  parser.on('opentagstart', excess.open);
  parser.on('attribute', excess.attribute);
  parser.on('opentag', ({ name, attributes }) => reader.open(localName(name), attributes, emit));
  parser.on('closetag', ({ name }) => {
    excess.close();
    reader.close?.(localName(name), emit);
  });
  parser.on('text', (text) => reader.text?.(text));
  parser.on('cdata', (text) => reader.text?.(text));

  const decoder = new TextDecoder();
  for await (const piece of pieces) {
    parsed(() => parser.write(decoder.decode(piece, { stream: true })));
    yield* ready;
    ready = [];
  }
  parsed(() => parser.write(decoder.decode()).close());
  yield* ready;
}

/** The parser holds every element that is open, and all attributes of the last one. */
function createExcess() {
  let depth = 0;
  let attributes = 0;
  const refuse = () => {
    throw new WorkbookFault('unreadable-xlsx');
  };
  return {
    refuse,
    open: () => {
      attributes = 0;
      depth += 1;
      if (depth > deepest) refuse();
    },
    attribute: () => {
      attributes += 1;
      if (attributes > mostAttributes) refuse();
    },
    close: () => {
      depth -= 1;
    },
  };
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The parser throws at the first thing that is not well formed. */
function parsed(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    throw error instanceof WorkbookFault ? error : new WorkbookFault('unreadable-xlsx');
  }
}

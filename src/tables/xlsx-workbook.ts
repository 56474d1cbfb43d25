import { posix } from 'node:path';
import { WorkbookFault, type Archive } from './xlsx-archive';
import { localName, readXml } from './xlsx-xml';

export interface Workbook {
  /** Where the first sheet that is not hidden stands. */
  readonly sheet: string;
  /** Texts that cells point to by their number. */
  readonly strings: readonly string[];
}

export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const [main] = (await relationsOf(archive, '')).filter(({ type }) => type === 'officeDocument');
  const path = main?.target ?? 'xl/workbook.xml';
  const relations = await relationsOf(archive, path);
  const id = await firstSheetId(archive, path);
  const sheet = relations.find((relation) => relation.id === id)?.target;
  if (sheet === undefined || !archive.has(sheet)) throw new WorkbookFault('unreadable-xlsx');
  const strings = relations.find(({ type }) => type === 'sharedStrings')?.target;
  return { sheet, strings: strings === undefined ? [] : await collect(sharedStrings(archive, strings)) };
}

interface Relation {
  readonly id: string;
  /** The last part of its URI. */
  readonly type: string;
  readonly target: string;
}

async function relationsOf(archive: Archive, path: string): Promise<Relation[]> {
  const folder = posix.dirname(path);
  const name = posix.join(folder, '_rels', `${posix.basename(path)}.rels`);
  if (!archive.has(name)) return [];
  return collect(
    readXml<Relation>(archive.read(name), {
      open(element, { Id: id = '', Type: type = '', Target: target = '' }, emit) {
        if (element !== 'Relationship') return;
        const absolute = target.startsWith('/') ? target.slice(1) : posix.join(folder, target);
        emit({ id, type: posix.basename(type), target: absolute });
      },
    }),
  );
}

async function firstSheetId(archive: Archive, path: string): Promise<string | undefined> {
  const sheets = await collect(
    readXml<{ readonly id: string; readonly isHidden: boolean }>(archive.read(path), {
      open(element, attributes, emit) {
        if (element !== 'sheet') return;
        const id = Object.entries(attributes).find(
          ([name]) => name.includes(':') && localName(name) === 'id',
        );
        emit({ id: id?.[1] ?? '', isHidden: (attributes['state'] ?? 'visible') !== 'visible' });
      },
    }),
  );
  return (sheets.find(({ isHidden }) => !isHidden) ?? sheets[0])?.id;
}

function sharedStrings(archive: Archive, name: string): AsyncIterable<string> {
  const text = createCollector();
  return readXml<string>(archive.read(name), {
    open(element) {
      if (element === 'si') text.clear();
      text.open(element);
    },
    text: text.add,
    close(element, emit) {
      text.close(element);
      if (element === 'si') emit(unescape(text.all()));
    },
  });
}

/** The text of a cell: in parts when it is formatted, and without the reading aids of Japanese. */
export function createCollector() {
  let collected = '';
  let isOpen = false;
  let isAid = false;
  return {
    clear: () => {
      collected = '';
    },
    open: (element: string) => {
      if (element === 'rPh') isAid = true;
      isOpen = (element === 't' || element === 'v') && !isAid;
    },
    close: (element: string) => {
      if (element === 'rPh') isAid = false;
      isOpen = false;
    },
    add: (text: string) => {
      if (isOpen) collected += text;
    },
    all: () => collected,
  };
}

/** Characters that XML cannot hold stand there as `_x000D_`. */
export function unescape(text: string): string {
  return text.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}

async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const one of all) collected.push(one);
  return collected;
}

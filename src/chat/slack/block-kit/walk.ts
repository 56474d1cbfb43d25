import { actionPieces, buttonsOf, isShown } from './actions';
import { columnPieces } from './columns';
import { imagePieces } from './image';
import { inputPieces } from './inputs';
import { linesOfRuns, linesOfText, plainOf, type Line } from './lines';
import { isNode, nodesOf, textOf, type Node } from './node';
import { add, type Piece } from './piece';
import type { Scene } from './scene';
import { factPieces, tablePieces } from './tables';

/** Deeper than any card is made; what lies below is left out rather than followed without end. */
const deepest = 100;

/** The pieces of a whole card: its body, then its actions, apart from those of its last row. */
export function piecesOfCard(card: Node, scene: Scene): Piece[] {
  const body = piecesInside(nodesOf(card, 'body'), '/body', scene, 0);
  const actions = actionPieces(nodesOf(card, 'actions'), '/actions', {
    scene,
    inside: (nodes, at) => piecesInside(nodes, at, scene, 1),
  });
  const last = body.at(-1);
  const isMixed = actions.length > 0 && (last?.kind === 'actions' || last?.kind === 'row');
  return [...body, ...(isMixed ? [{ kind: 'divider' as const, at: '/actions' }] : []), ...actions];
}

function piecesInside(nodes: readonly Node[], at: string, scene: Scene, depth: number): Piece[] {
  if (depth > deepest) {
    scene.warn('', 'what lies too deep in the card is left out');
    return [];
  }
  const pieces: Piece[] = [];
  let before: Node | null = null;
  nodes.forEach((node, index) => {
    if (!isShown(node)) return;
    const some = piecesOfElement(node, `${at}/${index}`, scene, depth);
    if (some.length === 0) return;
    append(pieces, some, { node, before });
    before = node;
  });
  return pieces;
}

/** Close neighbours share a block, a line parts others where the card has one. */
function append(
  pieces: Piece[],
  some: readonly Piece[],
  { node, before }: { node: Node; before: Node | null },
): void {
  const last = pieces.at(-1);
  if (last && node.separator === true && !isNextInList(before, last)) {
    pieces.push({ kind: 'divider', at: last.at });
  }
  const isClose = node.separator !== true && (node.spacing === 'None' || node.spacing === 'Small');
  some.forEach((piece, index) => {
    add(pieces, piece, isClose && index === 0);
  });
}

/** The rows of a list need no line between them, unless buttons stand below each. */
function isNextInList(before: Node | null, last: Piece): boolean {
  return before?.separator === true && last.kind !== 'actions';
}

function piecesOfElement(node: Node, at: string, scene: Scene, depth: number): Piece[] {
  const inside = (nodes: readonly Node[], where: string): Piece[] =>
    piecesInside(nodes, where, scene, depth + 1);
  const type = textOf(node, 'type');
  if (type.startsWith('Input.')) return inputPieces(node, at, scene);
  switch (type) {
    case 'TextBlock':
      return textPieces(linesOfText(node), at, isHeading(node));
    case 'RichTextBlock':
      return textPieces(linesOfRuns(node), at, nodesOf(node, 'inlines').every(isLarge));
    case 'Container':
      return [...styled(inside(nodesOf(node, 'items'), `${at}/items`), node), ...pressOf(node, at, scene)];
    case 'ColumnSet':
      return columnPieces(columnsOf(node, at, { scene, inside }), at);
    case 'ActionSet':
      return actionPieces(nodesOf(node, 'actions'), `${at}/actions`, { scene, inside });
    case 'Image':
      return [...imagePieces(node, at, scene), ...pressOf(node, at, scene)];
    case 'ImageSet':
      return nodesOf(node, 'images').flatMap((image, index) =>
        imagePieces(image, `${at}/images/${index}`, scene),
      );
    case 'FactSet':
      return factPieces(node, at);
    case 'Table':
      return tablePieces(node, at, { scene, inside });
    default:
      scene.warn(at, 'an element that Slack has nothing for is left out');
      return isNode(node.fallback) ? inside([node.fallback], `${at}/fallback`) : [];
  }
}

function textPieces(lines: Line[], at: string, heading: boolean): Piece[] {
  if (lines.length === 0) return [];
  return [heading ? { kind: 'header', at, text: lines.map(plainOf).join(' ') } : { kind: 'text', at, lines }];
}

function isHeading(node: Node): boolean {
  return node.style === 'heading' || isLarge(node);
}

function isLarge(node: Node): boolean {
  return node.size === 'Large' || node.size === 'ExtraLarge';
}

type Around = { scene: Scene; inside: (nodes: readonly Node[], where: string) => Piece[] };

function columnsOf(node: Node, at: string, { scene, inside }: Around): Piece[][] {
  const columns = nodesOf(node, 'columns').map((column, index) => {
    const where = `${at}/columns/${index}`;
    if (!isShown(column)) return [];
    return [...inside(nodesOf(column, 'items'), `${where}/items`), ...pressOf(column, where, scene)];
  });
  return [...columns, pressOf(node, at, scene)];
}

/** What happens when an element itself is pressed is a button below it. */
function pressOf(node: Node, at: string, scene: Scene): Piece[] {
  const action = isNode(node.selectAction) ? node.selectAction : null;
  const buttons = action ? buttonsOf(action, `${at}/selectAction`, scene) : [];
  return buttons.length === 0 ? [] : [{ kind: 'actions', at, buttons }];
}

const markOfStyle: Readonly<Record<string, Line['mark']>> = {
  warning: 'warning',
  attention: 'warning',
  good: 'good',
};

/** The colour of a container becomes a mark before its first line. */
function styled(pieces: readonly Piece[], node: Node): Piece[] {
  const mark = markOfStyle[textOf(node, 'style')];
  const [first, ...more] = pieces;
  if (!mark || first?.kind !== 'text') return [...pieces];
  const [line, ...lines] = first.lines;
  return line ? [{ ...first, lines: [{ ...line, mark }, ...lines] }, ...more] : [...pieces];
}

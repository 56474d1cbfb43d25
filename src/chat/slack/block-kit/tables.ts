import { isolated } from './beside';
import { columnPieces } from './columns';
import { bold, linesOf, linesOfText, type Line } from './lines';
import { nodesOf, textOf, type Node } from './node';
import { add, type Piece } from './piece';
import type { Inside, Scene } from './scene';

/** Each fact is a line that begins with its name. */
export function factPieces(node: Node, at: string): Piece[] {
  const lines = nodesOf(node, 'facts').flatMap((fact): Line[] => {
    const name = linesOf(textOf(fact, 'title'), { bold: true }).flatMap(({ runs }) => runs);
    const [first, ...more] = linesOfText({ text: fact.value });
    const gap = name.length > 0 && first ? [{ text: '  ' }] : [];
    const runs = [...name, ...gap, ...(first?.runs ?? []).map(isolated)];
    return runs.length === 0 ? [] : [{ runs, small: false }, ...more];
  });
  return lines.length === 0 ? [] : [{ kind: 'text', at, lines }];
}

/** Each row is a line; rows without buttons stand together. */
export function tablePieces(
  node: Node,
  at: string,
  { scene, inside }: { scene: Scene; inside: Inside },
): Piece[] {
  scene.warn(at, 'a table is shown as lines');
  const hasHeadings = node.firstRowAsHeaders !== false && node.firstRowAsHeader !== false;
  const pieces: Piece[] = [];
  nodesOf(node, 'rows').forEach((row, index) => {
    const where = `${at}/rows/${index}`;
    const cells = nodesOf(row, 'cells').map((cell, cellIndex) =>
      inside(nodesOf(cell, 'items'), `${where}/cells/${cellIndex}/items`),
    );
    const rowPieces = columnPieces(cells, where);
    for (const piece of hasHeadings && index === 0 ? rowPieces.map(asHeading) : rowPieces) {
      add(pieces, piece, true);
    }
  });
  return pieces;
}

function asHeading(piece: Piece): Piece {
  return piece.kind === 'text' ? { ...piece, lines: piece.lines.map(bold) } : piece;
}

import { limits } from './limits';
import { textOf, type Node } from './node';
import type { Piece } from './piece';
import type { Scene } from './scene';
import { cut, isBlank, isWebAddress } from './text';

/** A picture; one whose alternative text is empty only decorates, and is left out. */
export function imagePieces(node: Node, at: string, scene: Scene): Piece[] {
  const url = textOf(node, 'url');
  const altText = textOf(node, 'altText');
  if (isBlank(altText)) {
    if (node.altText === undefined) scene.warn(at, 'a picture without an alternative text is left out');
    return [];
  }
  if (!isWebAddress(url) || url.length > limits.url) {
    scene.warn(at, 'a picture that is at no web address is left out');
    return [];
  }
  const block = { type: 'image' as const, image_url: url, alt_text: cut(altText, limits.altText) };
  return [{ kind: 'image', at, block }];
}

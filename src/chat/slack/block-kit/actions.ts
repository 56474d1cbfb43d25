import type { Button } from '@slack/types';
import { limits } from './limits';
import { linesOf } from './lines';
import { isNode, nodesOf, textOf, type Node } from './node';
import type { Piece } from './piece';
import { valueOf } from './press';
import type { Inside, Scene } from './scene';
import { cut, isBlank, isWebAddress, plain } from './text';

/** The longest verb that leaves room for the number behind it. */
const longestVerb = limits.id - 10;

/** An action that can be pressed and sent to its maker. */
export function isExecute(action: Node): boolean {
  const verb = textOf(action, 'verb');
  return action.type === 'Action.Execute' && verb !== '' && verb.length <= longestVerb && isShown(action);
}

export function isShown(node: Node): boolean {
  return node.isVisible !== false;
}

/** The buttons of these actions; below them what they would unfold. */
export function actionPieces(
  actions: readonly Node[],
  at: string,
  { scene, inside }: { scene: Scene; inside: Inside },
): Piece[] {
  const buttons: Button[] = [];
  const unfolded: Piece[] = [];
  actions.forEach((action, index) => {
    const where = `${at}/${index}`;
    if (action.type === 'Action.ShowCard') unfolded.push(...unfold(action, where, { scene, inside }));
    else buttons.push(...buttonsOf(action, where, scene));
  });
  return [...(buttons.length > 0 ? [{ kind: 'actions' as const, at, buttons }] : []), ...unfolded];
}

/** The button of an action; none for what Slack cannot do, or what is the view's own button. */
export function buttonsOf(action: Node, at: string, scene: Scene): Button[] {
  if (action === scene.submit || !isShown(action)) return [];
  if (action.isEnabled === false) return refused(at, 'an action that is switched off is left out', scene);
  if (action.type === 'Action.OpenUrl') return linkOf(action, at, scene);
  if (!isExecute(action)) return refused(at, 'an action that Slack has nothing for is left out', scene);
  const value = valueOf(action);
  if (value.length > limits.buttonValue) {
    return refused(at, 'an action is left out: its data is too long for a button', scene);
  }
  return [{ ...faceOf(action, at, scene), action_id: textOf(action, 'verb'), value }];
}

function linkOf(action: Node, at: string, scene: Scene): Button[] {
  const url = textOf(action, 'url');
  if (!isWebAddress(url) || url.length > limits.url) {
    return refused(at, 'a link that is no web address is left out', scene);
  }
  return [{ ...faceOf(action, at, scene), action_id: 'link', url }];
}

function refused(at: string, what: string, scene: Scene): Button[] {
  scene.warn(at, what);
  return [];
}

function faceOf(action: Node, at: string, scene: Scene): Button {
  const title = textOf(action, 'title');
  if (title.length > limits.buttonText) scene.warn(at, 'a title is cut');
  const tooltip = textOf(action, 'tooltip');
  const style = styles[textOf(action, 'style')];
  return {
    type: 'button',
    text: plain(title, limits.buttonText),
    ...(isBlank(tooltip) ? {} : { accessibility_label: cut(tooltip, limits.accessibilityLabel) }),
    ...(style ? { style } : {}),
  };
}

const styles: Readonly<Record<string, 'primary' | 'danger' | undefined>> = {
  positive: 'primary',
  destructive: 'danger',
};

function unfold(action: Node, at: string, { scene, inside }: { scene: Scene; inside: Inside }): Piece[] {
  if (!isShown(action) || !isNode(action.card)) return [];
  scene.warn(at, 'a part that unfolds is shown at once');
  const card = action.card;
  return [
    { kind: 'text', at, lines: linesOf(textOf(action, 'title'), { bold: true }) },
    ...inside(nodesOf(card, 'body'), `${at}/card/body`),
    ...actionPieces(nodesOf(card, 'actions'), `${at}/card/actions`, { scene, inside }),
  ];
}

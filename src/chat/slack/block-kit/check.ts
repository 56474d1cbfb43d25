import { blocksCheck } from './check-blocks';
import { plainText } from './check-elements';
import { limits } from './limits';
import { isNode } from './node';
import { flaw, oneOf, shape, text, yesOrNo, type Flaw } from './shape';
import type { Surface } from './surface';

export type { Flaw } from './shape';

/** Everything in the blocks of a message or of the home tab that Slack would refuse. */
export function flawsOf(blocks: readonly unknown[], surface: Surface): readonly Flaw[] {
  return blocksCheck(surface)(blocks, '');
}

/** Everything in a modal or home view that Slack would refuse. */
export function flawsOfView(view: unknown): readonly Flaw[] {
  const check = isNode(view) && view.type === 'home' ? homeView : modalView;
  return [...check(view, ''), ...needsSubmit(view), ...tooLarge(view)];
}

const common = {
  private_metadata: text(limits.privateMetadata, 0),
  callback_id: text(limits.id),
  external_id: text(limits.id),
};

const homeView = shape({ type: oneOf('home'), blocks: blocksCheck('home') }, common);

const modalView = shape(
  { type: oneOf('modal'), title: plainText(limits.modalTitle), blocks: blocksCheck('modal') },
  {
    ...common,
    submit: plainText(limits.modalButton),
    close: plainText(limits.modalButton),
    clear_on_close: yesOrNo,
    notify_on_close: yesOrNo,
    submit_disabled: yesOrNo,
  },
);

function needsSubmit(view: unknown): readonly Flaw[] {
  if (!isNode(view) || view.type !== 'modal' || view.submit !== undefined) return [];
  const hasInput =
    Array.isArray(view.blocks) && view.blocks.some((one) => isNode(one) && one.type === 'input');
  return hasInput ? flaw('/submit', 'missing where there is an input') : [];
}

function tooLarge(view: unknown): readonly Flaw[] {
  const bytes = Buffer.byteLength(isNode(view) ? JSON.stringify(view) : '');
  return bytes > limits.viewBytes ? flaw('', `more than ${limits.viewBytes} bytes`) : [];
}

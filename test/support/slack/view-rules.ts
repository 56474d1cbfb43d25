import { blocksRule } from './block-rules';
import { plain } from './element-rules';
import { isJson, type Json, listOf } from './json';
import { also, type Flaw, flaw, kinds, oneOf, type Rules, shape, text, yesNo } from './rule';

/** The most bytes of a view. */
export const largestView = 250_000;

const common: Rules = {
  private_metadata: text(3000, 0),
  callback_id: text(255, 0),
  external_id: text(255, 0),
};
const modal = shape(
  { type: oneOf('modal'), title: plain(24), blocks: blocksRule('modal') },
  { ...common, submit: plain(24), close: plain(24), clear_on_close: yesNo, notify_on_close: yesNo },
);
const home = shape({ type: oneOf('home'), blocks: blocksRule('home') }, common);
const view = kinds({ modal: also(modal, sendable), home });

function sendable(value: Json, at: string): readonly Flaw[] {
  const hasInput = listOf(value.blocks).some(({ type }) => type === 'input');
  return hasInput && !isJson(value.submit)
    ? flaw(at, 'missing required field: submit, as there are inputs')
    : [];
}

export function flawsInView(value: unknown): readonly Flaw[] {
  return view(value, '/view');
}

export function flawsInMessage(blocks: unknown): readonly Flaw[] {
  return blocksRule('message')(blocks, '/blocks');
}

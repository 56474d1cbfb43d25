import { toModal } from '../../src/chat/slack/block-kit/convert';
import { nodesOfType, renderSamples, type CardNode, type SampleCard } from '../support/sample-cards';

const saysRequired = /\((?:required|obligatoire)\)$/;
const words = { title: 'Title', submit: 'Send', close: 'Close' };

let samples: readonly SampleCard[];
beforeAll(async () => {
  samples = await renderSamples();
});

const inputsOf = ({ json }: SampleCard): CardNode[] => nodesOfType(json, 'Input.');

it('every label says that an input is required where the card needs it to save, and nowhere else', () => {
  const all = samples.flatMap((sample) => inputsOf(sample).map((input) => [sample.of, input] as const));
  const needed = all.filter(([, { neededToSave }]) => neededToSave === true);
  const wrong = all.filter(
    ([, { label, neededToSave }]) => saysRequired.test(String(label)) !== (neededToSave === true),
  );

  expect(needed.map(([, { id }]) => id)).toEqual(
    expect.arrayContaining(['customers', 'defaultDomain', 'name', 'partnerRole', 'username']),
  );
  expect(wrong.map(([of, { id }]) => `${of}: ${String(id)}`)).toEqual([]);
});

it('no input is required in Teams, where it would stop every other button too', () => {
  const required = samples.filter((sample) => inputsOf(sample).some(({ isRequired }) => isRequired === true));

  expect(required.map(({ of }) => of)).toEqual([]);
});

it('in Slack it is required of the button that saves, and of no other', () => {
  const forms = samples.filter((sample) =>
    inputsOf(sample).some(({ neededToSave }) => neededToSave === true),
  );
  const seen = forms.map(({ of, json }) => {
    const { view, submit } = toModal(json, words);
    const required = view.blocks.flatMap((block) =>
      block.type === 'input' && block.optional === false ? [block.block_id] : [],
    );
    const saving = nodesOfType(json, 'Action.Execute').find(({ style }) => style === 'positive');
    const isSaving = submit !== null && submit.verb === saving?.verb;
    return { of, isSaving, required };
  });

  expect(forms.length).toBeGreaterThan(10);
  expect(seen.filter(({ isSaving, required }) => !isSaving || required.length === 0)).toEqual([]);
});

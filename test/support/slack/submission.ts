import { Refused } from './api-answer';
import type { FakeSlack } from './fake-slack';
import { isJson, type Json, textAt } from './json';
import { closeAll, closeTop, pushModal, replaceModal } from './views';
import type { SlackView } from './workspace';

/** The answer to a submission takes its effect on the person's modals; answers the errors it names by block_id. */
export function applyAnswer(
  fake: FakeSlack,
  view: SlackView,
  body: unknown,
): Readonly<Record<string, string>> {
  const { workspace } = fake;
  const answer = isJson(body) ? body : {};
  try {
    switch (textAt(answer, 'response_action')) {
      case 'errors':
        return errorsOf(view, answer);
      case 'update':
        replaceModal(workspace, view, answer.view);
        return {};
      case 'push':
        pushModal(workspace, view.user, answer.view);
        return {};
      case 'clear':
        closeAll(workspace, view.user);
        return {};
      case '':
        if (Object.keys(answer).length > 0 || typeof body === 'string') throw new Refused('invalid_response');
        closeTop(workspace, view.user);
        return {};
      default:
        throw new Refused('unknown_response_action');
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const messages = error.more.response_metadata;
    fake.refuse('response_action', answer, `${error.code} ${JSON.stringify(messages ?? '')}`);
    return { '': trouble };
  }
}

/** What Slack's clients say where an app does not answer a form as it must. */
export const trouble = 'We had some trouble connecting. Try again?';

/** Errors may only name inputs that the view has. */
function errorsOf(view: SlackView, answer: Json): Readonly<Record<string, string>> {
  const errors = isJson(answer.errors) ? Object.entries(answer.errors) : [];
  const inputs = view.payload.blocks.filter(({ type }) => type === 'input').map((block) => block.block_id);
  const isWrong = errors.some(
    ([id, said]) => !inputs.includes(id) || typeof said !== 'string' || said === '',
  );
  if (errors.length === 0 || isWrong) throw new Refused('invalid_errors');
  return Object.fromEntries(errors.map(([id, said]) => [id, String(said)]));
}

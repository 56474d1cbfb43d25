import { messageBlocks, readArgs, Refused } from './api-answer';
import { addMessage, changeMessage } from './chat-methods';
import { isJson } from './json';
import { named, type Workspace } from './workspace';

/** What is posted to a `response_url`, which is good for five uses. */
export function respondTo(workspace: Workspace, id: string, body: unknown): void {
  const target = workspace.responseUrls.get(id);
  if (!target || target.uses >= 5) throw new Refused(target ? 'used_url' : 'no_url');
  if (!isJson(body)) throw new Refused('invalid_payload');
  const args = readArgs(body);
  const content = { text: args.text('text'), blocks: named(workspace, messageBlocks(args)) };
  target.uses += 1;
  if (body.delete_original === true && target.message) {
    workspace.messages.splice(workspace.messages.indexOf(target.message), 1);
    return;
  }
  if (content.text === '' && content.blocks.length === 0) throw new Refused('no_text');
  if (body.replace_original === true && target.message) {
    changeMessage(target.message, content);
    return;
  }
  addMessage(workspace, content, {
    channel: target.channel,
    thread: args.text('thread_ts') || null,
    onlyFor: args.text('response_type') === 'in_channel' ? null : target.user,
    unfurls: false,
    user: workspace.bot.user,
  });
}

import { flawsOfShownView, invalidArguments, Refused } from './api-answer';
import { isJson, type Json, listOf, textAt } from './json';
import { largestView } from './view-rules';
import { refuseUnfetched } from './unfetched';
import { stateOf } from './view-state';
import { named, type SlackView, type Workspace } from './workspace';

/** A checked view as it is shown, with every block named. Throws `Refused`. */
function readView(workspace: Workspace, given: unknown, type: 'modal' | 'home'): SlackView['payload'] {
  if (!isJson(given)) throw invalidArguments([{ pointer: '/view', message: 'must be provided as JSON' }]);
  if (Buffer.byteLength(JSON.stringify(given)) > largestView) throw new Refused('view_too_large');
  const flaws = flawsOfShownView(given);
  if (flaws.length > 0) throw invalidArguments(flaws);
  if (given.type !== type) throw invalidArguments([{ pointer: '/view/type', message: `must be ${type}` }]);
  const blocks = listOf(given.blocks);
  refuseUnfetched(workspace, blocks, { code: 'invalid_arguments', at: '/view/blocks' });
  return { ...given, blocks: named(workspace, blocks) };
}

/** The same external_id names one view only. */
function assertNew(workspace: Workspace, payload: Json): void {
  const id = textAt(payload, 'external_id');
  const taken = [...workspace.views.values()].some((view) => view.payload.external_id === id);
  if (id !== '' && taken) throw new Refused('duplicate_external_id');
}

export function openModal(workspace: Workspace, user: string, given: unknown): SlackView {
  const payload = readView(workspace, given, 'modal');
  assertNew(workspace, payload);
  closeAll(workspace, user);
  return stack(workspace, user, payload);
}

export function pushModal(workspace: Workspace, user: string, given: unknown): SlackView {
  const payload = readView(workspace, given, 'modal');
  assertNew(workspace, payload);
  if ((workspace.stacks.get(user) ?? []).length >= 3) throw new Refused('push_limit_reached');
  return stack(workspace, user, payload);
}

function stack(workspace: Workspace, user: string, payload: SlackView['payload']): SlackView {
  const open = workspace.stacks.get(user) ?? [];
  const id = workspace.nextId('V');
  const view: SlackView = {
    id,
    user,
    root: open[0] ?? id,
    previous: open.at(-1) ?? null,
    hash: workspace.newHash(),
    payload,
    state: stateOf(payload.blocks, {}),
    updates: 0,
  };
  workspace.views.set(id, view);
  workspace.stacks.set(user, [...open, id]);
  return view;
}

/** Shows something else in an open view. */
export function replaceModal(workspace: Workspace, view: SlackView, given: unknown): SlackView {
  const payload = readView(workspace, given, 'modal');
  if (payload.external_id !== view.payload.external_id) assertNew(workspace, payload);
  show(workspace, view, payload);
  return view;
}

export function publishHome(workspace: Workspace, user: string, given: unknown): SlackView {
  const payload = readView(workspace, given, 'home');
  const id = workspace.nextId('V');
  const view = workspace.homes.get(user) ?? {
    ...{ id, user, root: id, previous: null, hash: '', payload, state: {}, updates: -1 },
  };
  show(workspace, view, payload);
  workspace.homes.set(user, view);
  return view;
}

function show(workspace: Workspace, view: SlackView, payload: SlackView['payload']): void {
  view.payload = payload;
  view.state = stateOf(payload.blocks, view.state);
  view.hash = workspace.newHash();
  view.updates += 1;
}

/** The view on top goes; what lies under it is seen again. */
export function closeTop(workspace: Workspace, user: string): void {
  const open = workspace.stacks.get(user) ?? [];
  workspace.views.delete(open.at(-1) ?? '');
  workspace.stacks.set(user, open.slice(0, -1));
}

export function closeAll(workspace: Workspace, user: string): void {
  for (const id of workspace.stacks.get(user) ?? []) workspace.views.delete(id);
  workspace.stacks.delete(user);
}

/** A view as it stands in answers and in what the app is told. */
export function describeView(workspace: Workspace, view: SlackView): Json {
  const { payload } = view;
  return {
    id: view.id,
    team_id: workspace.team,
    app_id: workspace.app,
    app_installed_team_id: workspace.team,
    bot_id: workspace.bot.id,
    private_metadata: '',
    callback_id: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    submit: null,
    close: null,
    ...payload,
    hash: view.hash,
    root_view_id: view.root,
    previous_view_id: view.previous,
    state: { values: view.state },
  };
}

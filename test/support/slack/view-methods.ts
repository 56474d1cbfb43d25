import { type Args, invalidArguments, Refused } from './api-answer';
import type { Methods } from './chat-methods';
import { describeView, openModal, publishHome, pushModal, replaceModal } from './views';
import type { SlackTrigger, SlackView, Workspace } from './workspace';

/** A trigger opens one view, within three seconds. */
function takeTrigger(workspace: Workspace, args: Args, livesFor: number): SlackTrigger {
  const trigger = workspace.triggers.get(args.needed('trigger_id'));
  if (!trigger) throw new Refused('invalid_trigger_id');
  if (trigger.isUsed) throw new Refused('exchanged_trigger_id');
  if (trigger.isExpired || performance.now() - trigger.at > livesFor) throw new Refused('expired_trigger_id');
  return trigger;
}

export function createViewMethods(workspace: Workspace, triggersLive: number): Methods {
  const answer = (view: SlackView) => ({ view: describeView(workspace, view) });

  const openWith = (args: Args, open: typeof openModal) => {
    const trigger = takeTrigger(workspace, args, triggersLive);
    const view = open(workspace, trigger.user, args.nested('view'));
    trigger.isUsed = true;
    return answer(view);
  };

  const named = (args: Args): SlackView | undefined => {
    if (args.text('view_id') !== '') return workspace.views.get(args.text('view_id'));
    const external = args.needed('external_id');
    return [...workspace.views.values()].find(({ payload }) => payload.external_id === external);
  };

  return {
    'views.open': (args) => openWith(args, openModal),

    'views.push': (args) =>
      openWith(args, (_workspace, user, given) => {
        const { view } = takeTrigger(workspace, args, triggersLive);
        const isOpen = view !== null && (workspace.stacks.get(user) ?? []).includes(view);
        if (!isOpen) throw new Refused('not_found');
        return pushModal(workspace, user, given);
      }),

    'views.update'(args) {
      const view = named(args);
      if (!view) throw new Refused('not_found');
      const hash = args.text('hash');
      if (hash !== '' && hash !== view.hash) throw new Refused('hash_conflict');
      return answer(replaceModal(workspace, view, args.nested('view')));
    },

    'views.publish'(args) {
      const user = args.needed('user_id');
      if (!workspace.users.has(user))
        throw invalidArguments([{ pointer: '/user_id', message: 'not a user' }]);
      const home = workspace.homes.get(user);
      const hash = args.text('hash');
      if (hash !== '' && hash !== home?.hash) throw new Refused('hash_conflict');
      return answer(publishHome(workspace, user, args.nested('view')));
    },
  };
}

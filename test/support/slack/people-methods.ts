import type { Methods } from './chat-methods';
import { Refused } from './api-answer';
import type { Workspace } from './workspace';

export function createPeopleMethods(workspace: Workspace): Methods {
  const { bot, team } = workspace;
  return {
    'auth.test': () => ({
      url: 'http://127.0.0.1/',
      team: 'Workspace',
      user: 'rollcall',
      team_id: team,
      user_id: bot.user,
      bot_id: bot.id,
      is_enterprise_install: false,
    }),

    'users.info'(args) {
      const user = workspace.users.get(args.needed('user'));
      if (!user) throw new Refused('user_not_found');
      const { id, name, tz, locale, team: home } = user;
      const wantsLocale = ['true', '1'].includes(String(args.all.include_locale));
      return {
        user: {
          id,
          team_id: home,
          name: name.toLowerCase().replaceAll(/[^a-z]+/g, '.'),
          real_name: name,
          deleted: false,
          is_bot: false,
          is_app_user: false,
          ...(home === team ? {} : { is_stranger: true }),
          tz,
          tz_offset: 0,
          profile: { real_name: name, display_name: name.split(' ')[0], team: home },
          ...(wantsLocale ? { locale } : {}),
        },
      };
    },
  };
}

/**
 * What was typed, as it was typed: Slack wraps addresses, links and mentions in angle brackets. The mention of the bot
 * itself goes; somebody else becomes their operator id.
 */
export function typedText(text: string, botUserId: string): string {
  const plain = text.replace(
    /<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>/g,
    (_all, sign: string, target: string, label?: string) => {
      if (sign === '@') return target === botUserId ? ' ' : (label ?? `slack:${target}`);
      if (sign !== '') return label ?? '';
      return label ?? target.replace(/^mailto:/, '');
    },
  );
  return plain
    .replaceAll('\u00a0', ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

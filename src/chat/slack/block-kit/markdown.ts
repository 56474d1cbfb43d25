import { isWebAddress } from './text';

/** A stretch of text in one style. */
export interface Run {
  readonly text: string;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly strike?: boolean;
  readonly code?: boolean;
  readonly link?: string;
}

/** Longer texts are taken as they stand: looking for marks in them would take too long. */
const longest = 10_000;

const marks =
  /\\(?<escaped>[\\`*_{}[\]()#+\-.!~|<>])|\*\*(?<bold>[^*\n]{1,1000})\*\*|\[(?<title>[^[\]\n]{1,500})\]\((?<url>[^()\s]{1,2000})\)|(?<![\w*])\*(?<star>[^\s*][^*\n]{0,1000})\*(?![\w*])|(?<!\w)_(?<dash>[^\s_][^_\n]{0,1000})_(?!\w)/g;

/** The little Markdown that cards know: bold, italic, links, lists, escapes. */
export function runsOfMarkdown(text: string): Run[] {
  return runsOf(text.replace(/^( *)[-*] /gm, '$1• '));
}

function runsOf(text: string): Run[] {
  if (text.length > longest || !/[*_[\\]/.test(text)) return [{ text }];
  const runs: Run[] = [];
  let done = 0;
  for (const match of text.matchAll(marks)) {
    if (match.index > done) runs.push({ text: text.slice(done, match.index) });
    runs.push(...runsOfMark(match.groups ?? {}, match[0]));
    done = match.index + match[0].length;
  }
  if (done < text.length) runs.push({ text: text.slice(done) });
  return runs;
}

function runsOfMark(groups: Readonly<Record<string, string | undefined>>, whole: string): Run[] {
  const { escaped, bold, title, url, star, dash } = groups;
  if (bold !== undefined) return runsOf(bold).map((run) => ({ ...run, bold: true }));
  const italic = star ?? dash;
  if (italic !== undefined) return runsOf(italic).map((run) => ({ ...run, italic: true }));
  if (title === undefined || url === undefined) return [{ text: escaped ?? whole }];
  return [isWebAddress(url) ? { text: title, link: url } : { text: whole }];
}

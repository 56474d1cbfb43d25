import type { IncomingMessage } from 'node:http';
import { languages, type Language } from '../ports/chat';

/** The language that the reader chose by `?lang=`, else the one their browser likes best, else English. */
export function languageOfReader(request: Pick<IncomingMessage, 'url' | 'headers'>): Language {
  const query = request.url?.split('?')[1] ?? '';
  const chosen = known(new URLSearchParams(query).get('lang') ?? '');
  return chosen ?? preferred(request.headers['accept-language'] ?? '') ?? 'en';
}

function preferred(header: string): Language | undefined {
  const wishes = header.split(',').map((part) => {
    const [tag = '', ...params] = part.split(';').map((piece) => piece.trim());
    const weight = params.find((param) => param.startsWith('q='))?.slice(2);
    return { language: known(tag), weight: weight === undefined ? 1 : Number(weight) };
  });
  const wanted = wishes.filter(({ language, weight }) => language !== undefined && weight > 0);
  return wanted.sort((one, other) => other.weight - one.weight)[0]?.language;
}

function known(tag: string): Language | undefined {
  const wanted = tag.toLowerCase().split('-')[0];
  return languages.find((language) => language === wanted);
}

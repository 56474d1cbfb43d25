const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Puts into the page what it needs before any script runs: each `{{key}}` becomes its text. */
export function fillIndex(index: string, texts: Readonly<Record<string, string>>): string {
  return index.replace(/\{\{([\w-]+)\}\}/g, (_, key: string) =>
    (texts[key] ?? '').replace(/[&<>"']/g, (sign) => entities[sign] ?? ''),
  );
}

const linesAtOnce = 500;

/** A file of new users as it arrives, made as it is read. */
export async function* rowsOf(rows: number): AsyncGenerator<Uint8Array> {
  yield Buffer.from('First name,Last name,Display name,Email,Licenses,Department\n');
  for (let first = 0; first < rows; first += linesAtOnce) {
    const lines = Array.from({ length: Math.min(linesAtOnce, rows - first) }, (_, place) => {
      const number = first + place;
      const department = `Department ${number % 40}`;
      return `Ann${number},Lee,Ann Lee ${number},ann.lee${number}@contoso.example,ENTERPRISEPACK,${department}\n`;
    });
    yield await Promise.resolve(Buffer.from(lines.join('')));
  }
}

const shape = /^mongodb(?:\+srv)?:\/\/(?:(.*)@)?([^@/?]*)/;

/** The hosts of a connection string, without credentials and options. */
export function describeMongoUri(uri: string): string {
  return shape.exec(uri)?.[2] || '(no host: it should begin with mongodb://)';
}

/** `text` with everything that is secret in `uri` taken out, in whatever form a driver's message repeats it. */
export function withoutCredentials(text: string, uri: string): string {
  const userInfo = shape.exec(uri)?.[1];
  if (!userInfo) return text.replaceAll(uri, describeMongoUri(uri));
  const password = userInfo.slice(userInfo.indexOf(':') + 1);
  return [uri, userInfo, password, decode(password)]
    .filter((secret) => secret.length > 0)
    .reduce((clean, secret) => clean.replaceAll(secret, '***'), text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

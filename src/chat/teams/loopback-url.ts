const names = ['127.0.0.1', 'localhost', '[::1]'];

/** Unsigned activities name the address that is answered: nothing beyond this machine is ever called for them. */
export function isLoopbackUrl(url: string): boolean {
  const { protocol, hostname, username, password } = new URL(url);
  return /^https?:$/.test(protocol) && names.includes(hostname) && !username && !password;
}

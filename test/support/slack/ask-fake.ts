import type { FakeSlack } from './fake-slack';
import { isJson, type Json, textAt } from './json';

/** Calls a method as an app does: form-encoded, nested arguments as JSON, the token in the header. */
export function createAskFake(fake: FakeSlack) {
  return async (
    method: string,
    args: Json = {},
    token: string | null = fake.token,
  ): Promise<{ readonly status: number; readonly headers: Headers; readonly answer: Json }> => {
    const form = new URLSearchParams();
    for (const [name, value] of Object.entries(args))
      form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    const response = await fetch(`${fake.apiUrl}${method}`, {
      method: 'POST',
      headers: token === null ? {} : { authorization: `Bearer ${token}` },
      body: form,
    });
    const answer: unknown = await response.json();
    return { status: response.status, headers: response.headers, answer: isJson(answer) ? answer : {} };
  };
}

export type AskFake = ReturnType<typeof createAskFake>;

/** The code of an answer that is not ok; 'ok' for one that is. */
export function codeOf({ answer }: { readonly answer: Json }): string {
  return answer.ok === true ? 'ok' : textAt(answer, 'error');
}

/** Where Slack found faults, without what it said of them. */
export function pointersOf({ answer }: { readonly answer: Json }): readonly string[] {
  const said = JSON.stringify(answer.response_metadata ?? {});
  return [...said.matchAll(/json-pointer:([^\]]*)\]/g)].map(([, pointer]) => pointer!);
}

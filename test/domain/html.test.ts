import { html } from '../../src/domain/html';

it('escapes what is put in, in text and in attributes', () => {
  const evil = `"><script>alert('x')</script>&`;
  const { markup } = html`<a title="${evil}">${evil}</a>`;
  const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;';
  expect(markup).toBe(`<a title="${escaped}">${escaped}</a>`);
});

it('keeps its own markup, joins lists and leaves nothing for null', () => {
  const items = ['<', '>'].map((sign) => html`<b>${sign}</b>`);
  expect(html`<p>${items}${null}${3}</p>`.markup).toBe('<p><b>&lt;</b><b>&gt;</b>3</p>');
});

it('does not take for markup what only looks like it', () => {
  const forged = JSON.parse('{"markup":"<b>"}') as string;
  expect(html`${forged}`.markup).toBe('[object Object]');
});

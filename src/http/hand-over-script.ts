/** Adds what a page can only do with a script: buttons to copy and to print. Everything else works without it. */
export const handOverScript = `
(() => {
  const say = (text) => { document.getElementById('status').textContent = text; };
  for (const button of document.querySelectorAll('[data-does]')) button.hidden = false;
  for (const hint of document.querySelectorAll('[data-without-script]')) hint.hidden = true;
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-does]');
    if (!button) return;
    if (button.dataset.does === 'print') return window.print();
    const secret = document.querySelector('[data-field="password"]');
    const select = () => {
      getSelection().selectAllChildren(secret);
      say(button.dataset.failed);
    };
    if (!navigator.clipboard) return select();
    navigator.clipboard.writeText(secret.textContent).then(() => say(button.dataset.done), select);
  });
})();
`;

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

/** Follows the system until the reader has chosen; the choice is remembered in this browser. */
export function setUpTheme(button: HTMLElement): void {
  const isDark = (): boolean => {
    const chosen = document.documentElement.dataset['theme'];
    return chosen ? chosen === 'dark' : systemIsDark.matches;
  };
  const show = (): void => button.setAttribute('aria-pressed', String(isDark()));
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset['theme'] = theme;
    localStorage.setItem('rollcall.theme', theme);
    show();
  });
  systemIsDark.addEventListener('change', show);
  show();
}

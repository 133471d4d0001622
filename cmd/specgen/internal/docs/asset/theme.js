// The switch between the colors of the system, light and dark ones. It stands in the head of
// a page, so that a page that is to be dark is never seen light. The choice is the attribute
// data-theme of the root, light or dark; without it the colors are those of the system.
(() => {
  'use strict';
  const key = 'ackgen-theme';
  const next = { system: 'light', light: 'dark', dark: 'system' };

  // A browser may refuse storage, such as for files: then a choice holds for one page.
  const storage = {
    read() {
      try { return localStorage.getItem(key); } catch { return null; }
    },
    write(theme) {
      try { localStorage.setItem(key, theme); } catch { /* nothing is remembered */ }
    },
  };

  let theme = 'system';
  const choose = (choice) => {
    theme = choice in next ? choice : 'system';
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  choose(storage.read());

  document.addEventListener('DOMContentLoaded', () => {
    const button = document.getElementById('theme');
    if (!button) return;
    const label = () => { button.textContent = `Theme: ${theme}`; };
    button.addEventListener('click', () => {
      choose(next[theme]);
      storage.write(theme);
      label();
    });
    // Another page may choose meanwhile.
    addEventListener('storage', (event) => {
      if (event.key !== key) return;
      choose(event.newValue);
      label();
    });
    label();
    button.hidden = false;
  });
})();

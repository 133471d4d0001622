// Gives each block of code a button that copies it.
(() => {
  'use strict';

  // The clipboard is there for pages of files and of hosts with TLS. Elsewhere browsers copy
  // what is selected.
  const copy = async (pre) => {
    if (navigator.clipboard && isSecureContext) {
      await navigator.clipboard.writeText(pre.textContent);
      return;
    }
    const selection = getSelection();
    selection.selectAllChildren(pre);
    const done = document.execCommand('copy');
    selection.removeAllRanges();
    if (!done) throw new Error('the browser refused');
  };

  const status = document.createElement('div');
  status.className = 'visually-hidden';
  status.setAttribute('role', 'status');
  document.body.append(status);

  for (const pre of document.querySelectorAll('main pre')) {
    const block = document.createElement('div');
    block.className = 'code';
    pre.replaceWith(block);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    let rest;
    button.addEventListener('click', async () => {
      const said = await copy(pre).then(() => 'Copied', () => 'Not copied');
      button.textContent = said;
      status.textContent = said;
      clearTimeout(rest);
      rest = setTimeout(() => {
        button.textContent = 'Copy';
        status.textContent = '';
      }, 2000);
    });
    block.append(pre, button);
  }
})();

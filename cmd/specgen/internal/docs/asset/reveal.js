// Opens what is folded around the place that the address names.
(() => {
  'use strict';
  const reveal = () => {
    let id;
    try { id = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    const target = id && document.getElementById(id);
    if (!target) return;
    const inner = target.matches('details') ? target : target.querySelector(':scope > details');
    for (let e = inner ?? target; e; e = e.parentElement) {
      if (e instanceof HTMLDetailsElement) e.open = true;
    }
    target.scrollIntoView();
  };
  addEventListener('hashchange', reveal);
  // A link to the place where a page already is changes no address.
  document.addEventListener('click', (event) => {
    const link = event.target.closest?.('a[href*="#"]');
    if (link && link.href === location.href) reveal();
  });
  reveal();
})();

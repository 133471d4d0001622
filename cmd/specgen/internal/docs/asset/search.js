// The search field of a page. Index and library are loaded when somebody first goes to the
// field, as classic scripts, which pages of files can load, too.
//
// It needs <div id="search"></div>, and the files index.js and minisearch.js beside it.
(() => {
  'use strict';
  const place = document.getElementById('search');
  if (!place) return;
  const assets = new URL('.', document.currentScript.src);
  const root = new URL('..', assets);
  const limit = 40; // results that are shown
  const perField = 6; // of which places of one field

  // Tokens. Identifiers count as a whole and by their parts; Chinese text by characters and
  // pairs of them, as it has no blanks.
  const han = /\p{Script=Han}/u;
  const words = (text) => text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const parts = (word) => word.split(/_+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).filter(Boolean);
  const pairs = (word) => [...word].slice(1).map((second, i) => [...word][i] + second);
  const tokens = (text) => words(text).flatMap((word) => {
    if (han.test(word)) return [...word, ...pairs(word)];
    const some = parts(word);
    return some.length > 1 ? [word, ...some] : [word];
  });
  const typed = (text) => words(text).flatMap((word) => (han.test(word) && [...word].length > 1 ? pairs(word) : [word]));

  // The index: entries as MiniSearch takes them. A page has one place, a field all places
  // that it has on pages.
  const kinds = ['Operation', 'Schema', 'Group', 'Guide', 'Section', 'Parameter', 'Field', 'Error code'];
  const importance = [3, 2.2, 3, 2, 1.5, 1.2, 1, 2.2];
  const entriesOf = (data) => {
    const entries = data.pages.map(([kind, address, name, go, about, text, terms, values, faded], page) => ({
      kind, name, go, about, text, terms, values, faded, places: [[page, '']], around: about, address,
    }));
    for (const [kind, name, go, ...numbers] of data.fields) {
      const [text, terms, values, tail] = numbers.splice(0, 4).map((number) => data.texts[number]);
      const places = [];
      for (let i = 0; i < numbers.length; i += 2) places.push([numbers[i], data.texts[numbers[i + 1]]]);
      const around = places.map(([page, prefix]) => `${data.pages[page][2]} ${prefix}`).join(' ');
      entries.push({ kind, name, go, about: '', text, terms, values, places, around, tail: tail || name });
    }
    return entries.map((entry, id) => ({ id, ...entry }));
  };

  let entries = [];
  let index;
  const script = (name) => new Promise((resolve, reject) => {
    const element = document.createElement('script');
    element.src = new URL(name, assets).href;
    element.onload = resolve;
    element.onerror = () => reject(new Error(name));
    document.head.append(element);
  });
  let loading;
  const load = () => {
    loading ??= Promise.all([script('minisearch.js'), script('index.js')]).then(async () => {
      entries = entriesOf(globalThis.ackgenIndex);
      const made = new globalThis.MiniSearch({
        fields: ['name', 'go', 'terms', 'values', 'around', 'text'],
        tokenize: tokens,
        processTerm: (term) => term.toLowerCase(),
      });
      await made.addAllAsync(entries, { chunkSize: 300 }); // the page responds meanwhile
      index = made;
    });
    return loading;
  };

  const options = {
    tokenize: typed,
    boost: { name: 8, go: 8, terms: 6, values: 2, around: 0.5 },
    boostDocument: (id) => importance[entries[id].kind] * (entries[id].faded ? 0.4 : 1),
    combineWith: 'AND',
    prefix: (term) => !han.test(term),
  };
  // Nothing that begins as it was typed is like a word with a wrong letter.
  const lenient = { ...options, tokenize: (text) => typed(text).flatMap(parts), fuzzy: (term) => (han.test(term) ? false : 0.25) };
  const squeeze = (text) => words(text).join('').replaceAll('_', '').toLowerCase();
  const find = (query) => {
    let found = index.search(query, options);
    if (found.length === 0) found = index.search(query, lenient);
    const whole = squeeze(query);
    const isWhole = ({ id }) => squeeze(entries[id].name) === whole;
    return [...found.filter(isWhole), ...found.filter((one) => !isWhole(one))];
  };

  // placesOf sorts the places of an entry: those that hold words of the query come first,
  // and requests before responses before schemas.
  const placesOf = (entry, query) => {
    const wanted = typed(query).map((word) => word.toLowerCase());
    const pages = globalThis.ackgenIndex.pages;
    return entry.places.map(([page, prefix]) => {
      const [kind, address, name] = pages[page];
      const around = `${name} ${prefix}`.toLowerCase();
      const fits = 3 * wanted.filter((word) => around.includes(word)).length;
      return { address, name, prefix, fits: fits + (prefix.startsWith('request') ? 2 : kinds[kind] === 'Operation' ? 1 : 0) };
    }).sort((a, b) => b.fits - a.fits);
  };
  const results = (query) => {
    const out = [];
    for (const { id } of find(query)) {
      const entry = entries[id];
      const places = placesOf(entry, query);
      for (const p of places.slice(0, perField)) {
        out.push({ entry, place: p, address: entry.tail ? `${p.address}#${encodeURIComponent(p.prefix + entry.tail)}` : p.address });
      }
      if (out.length >= limit) break;
    }
    return out.slice(0, limit);
  };

  // The field, the list and what is announced.
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const input = make('input', {
    type: 'search', id: 'search-input', role: 'combobox', placeholder: 'Search', autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false',
    'aria-label': 'Search operations, fields, schemas and guides', 'aria-expanded': 'false', 'aria-controls': 'search-results',
    'aria-autocomplete': 'list', 'aria-keyshortcuts': '/',
  });
  const list = make('div', { id: 'search-results', role: 'listbox', 'aria-label': 'Results', hidden: '' });
  const status = make('div', { role: 'status', class: 'visually-hidden' });
  const hint = make('kbd', { 'aria-hidden': 'true' }, '/');
  place.setAttribute('role', 'search');
  place.append(input, hint, list, status);

  let shown = [];
  let active = -1;
  const activate = (number) => {
    list.children[active]?.setAttribute('aria-selected', 'false');
    active = number;
    const option = list.children[active];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    if (option) input.setAttribute('aria-activedescendant', option.id);
    else input.removeAttribute('aria-activedescendant');
  };
  const close = () => {
    activate(-1);
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
  };
  const go = (result) => {
    close();
    location.href = new URL(result.address, root).href;
  };

  const where = ({ entry, place: p }) => {
    if (!entry.tail) return entry.about;
    return [p.name, ...p.prefix.split('.').filter(Boolean)].join(' › ');
  };
  // matching returns the terms and values of an entry that explain why it was found.
  const matching = (entry, query) => {
    const name = `${entry.name} ${entry.go}`.toLowerCase();
    const wanted = words(query.toLowerCase()).filter((word) => !name.includes(word));
    return `${entry.terms}\n${entry.values}`.split('\n').filter((value) => wanted.some((word) => value.toLowerCase().includes(word))).slice(0, 3);
  };
  const brief = (text) => {
    const [line] = text.split('\n');
    return line.length > 140 ? `${line.slice(0, 139)}…` : line;
  };
  const option = (result, number, query) => {
    const { entry } = result;
    const name = make('code', {}, entry.name);
    const head = make('span', { class: 'result-name' }, name);
    if (entry.go && entry.go !== entry.name) head.append(' ', make('span', { class: 'result-go' }, entry.go));
    const details = [entry.faded ? 'deprecated' : '', where(result), ...matching(entry, query)].filter(Boolean).join(' · ');
    const element = make('div', { role: 'option', id: `search-result-${number}`, 'aria-selected': 'false' },
      make('span', { class: 'result-kind' }, kinds[entry.kind]), ' ', head, ' ', make('span', { class: 'result-where' }, details), ' ',
      make('span', { class: 'result-text' }, brief(entry.text)));
    element.addEventListener('mousedown', (event) => event.preventDefault()); // the field keeps the focus
    element.addEventListener('click', () => go(result));
    return element;
  };

  const show = () => {
    const query = input.value.trim();
    if (query === '') {
      shown = [];
      list.replaceChildren();
      status.textContent = '';
      close();
      return;
    }
    if (!index) {
      status.textContent = 'Loading the index';
      return;
    }
    shown = results(query);
    active = -1;
    list.replaceChildren(...shown.map((result, number) => option(result, number, query)));
    activate(shown.length > 0 ? 0 : -1);
    list.hidden = shown.length === 0;
    input.setAttribute('aria-expanded', String(shown.length > 0));
    place.dataset.empty = String(shown.length === 0);
    status.textContent = shown.length === 0 ? 'No results' : `${shown.length === limit ? 'The best ' : ''}${shown.length} results`;
  };
  const ready = () => load().then(show, (error) => { status.textContent = `Search does not work: ${error.message} cannot be loaded`; });

  input.addEventListener('focus', ready);
  input.addEventListener('input', show);
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return; // Enter then chooses Chinese characters
    const last = shown.length - 1;
    const keys = {
      ArrowDown: () => { if (list.hidden) show(); else activate(active === last ? 0 : active + 1); },
      ArrowUp: () => { if (!list.hidden) activate(active <= 0 ? last : active - 1); },
      Enter: () => { if (!list.hidden && active >= 0) go(shown[active]); },
      Escape: () => {
        if (!list.hidden) close();
        else if (input.value) { input.value = ''; show(); } else input.blur();
      },
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener('keydown', (event) => {
    const writes = event.target.closest?.('input, textarea, select, [contenteditable]');
    if (event.key !== '/' || writes || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
})();

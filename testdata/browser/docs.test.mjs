// Opens the site that specgen docs makes of this repository in Chromium, as files.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { contrasts, launch, open, overflow, unfold } from './browser.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true };
const operation = 'operations/CreateClusterNodePool.html';
const field = 'request.scaling_group.security_group_ids';

let folder, site, browser, files;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'specgen-docs-'));
  site = join(folder, 'site');
  await run('go', ['run', './cmd/specgen', 'docs', '--out', site, '--import-path', 'github.com/ackgen/ackgen/sdk/ack'], { cwd: root });
  files = (await readdir(site, { recursive: true })).filter((name) => /\.[a-z]+$/.test(name));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

// show opens a page of the site, which may load files of the site alone.
const show = (name, options = {}) => open(browser, join(site, name), { site, ...options });

// samples returns a page of each kind.
const samples = async () => {
  const guide = files.filter((name) => name.startsWith('guides/')).sort();
  assert.notEqual(guide.length, 0, 'there are guides');
  return [...files.filter((name) => /^[a-z]+\.html$/.test(name)), operation, 'operations/DescribeClusterDetail.html', 'schemas/NodePool.html', 'schemas/ClusterState.html', guide[0]];
};

// each runs a check on a page of each kind.
const each = (name, options, check) => test(name, async (t) => {
  for (const sample of await samples()) {
    await t.test(sample, async () => {
      const { page, close } = await show(sample, options);
      await check(page, sample);
      await close();
    });
  }
});

describe('every kind of page', () => {
  each('is silent, has one heading of its own, and a policy', {}, async (page) => {
    assert.equal(await page.locator('h1').count(), 1);
    assert.notEqual(await page.title(), '');
    assert.equal(await page.locator('script:not([src]), iframe, object, embed').count(), 0, 'no script stands in a page');
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self';/);
    assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  });

  for (const colorScheme of ['light', 'dark']) {
    each(`can be read in ${colorScheme}`, { colorScheme }, async (page) => {
      await unfold(page);
      const found = await contrasts(page);
      assert.ok(Object.keys(found).length > 3, 'colors are found');
      for (const [pair, { ratio, text }] of Object.entries(found)) {
        assert.ok(ratio >= 4.5, `${pair} has a contrast of ${ratio.toFixed(2)}: ${text}`);
      }
      assert.equal(await paper(page) < 60, colorScheme === 'dark');
    });
  }

  each('fits a phone of 390 pixels', phone, async (page) => {
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(await wide(), 0, (await overflow(page)).join('\n'));
    await unfold(page);
    assert.equal(await wide(), 0, (await overflow(page)).join('\n'));
  });

  each('prints all that is folded, and no controls', {}, async (page) => {
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const hidden = await page.evaluate(() => [...document.querySelectorAll('main details:not([open]) > :not(summary)')]
      .filter((e) => e.getBoundingClientRect().height === 0).map((e) => e.textContent.slice(0, 60)));
    assert.deepEqual(hidden, [], 'folded parts are printed');
    for (const control of await page.locator('header.top, body > .frame > nav, .copy').all()) assert.equal(await control.isVisible(), false);
    assert.ok(await paper(page) > 230, 'paper is light');
  });

  const axe = createRequire(import.meta.url).resolve('axe-core');
  for (const colorScheme of ['light', 'dark']) {
    each(`has no serious violation for axe in ${colorScheme}`, { colorScheme, bypassCSP: true }, async (page) => {
      await unfold(page);
      await page.evaluate(await readFile(axe, 'utf8'));
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'], preload: false }));
      const bad = violations.filter((v) => ['serious', 'critical'].includes(v.impact));
      assert.deepEqual(bad.map((v) => `${v.id}: ${v.help}: ${v.nodes[0].html}`), []);
    });
  }

  each('is complete without script', { javaScriptEnabled: false }, async (page) => {
    assert.ok((await page.locator('main').innerText()).length > 200);
    assert.equal(await page.locator('#theme').isVisible(), false, 'what needs a script is not shown');
  });
});

// paper returns the red of the background of a page.
const paper = (page) => page.evaluate(() => {
  const color = [document.body, document.documentElement].map((e) => getComputedStyle(e).backgroundColor).find((c) => c !== 'rgba(0, 0, 0, 0)') ?? 'rgb(255, 255, 255)';
  return Number(color.match(/\d+/)[0]);
});

// look types a query into the search field and returns the results.
const look = async (page, query) => {
  await page.fill('#search-input', query);
  await page.waitForFunction(() => /results?$/i.test(document.querySelector('#search [role=status]').textContent));
  return page.locator('#search-results [role=option]').allInnerTexts();
};
const flat = (text) => text.replace(/\s+/g, ' ');
const path = (page) => page.evaluate((start) => decodeURIComponent(location.href).slice(start), `file://${site}/`.length);

describe('search', () => {
  for (const [what, query, wanted, leads] of [
    ['a nested field', 'security_group_ids CreateClusterNodePool', /^Field security_group_ids SecurityGroupIDs CreateClusterNodePool › request › scaling_group/, `${operation}#${field}`],
    ['a nested field by its path', 'scaling_group.security_group_ids', /^Field security_group_ids .* › request .*› scaling_group/, /^operations\/.*#request\..*scaling_group\.security_group_ids$/],
    ['a field by its Go name', 'SecurityGroupIDs', /^Field security_group_ids SecurityGroupIDs .* › request/, /^operations\/.*#request\..*security_group_ids$/],
    ['an operation', 'create cluster node pool', /^Operation CreateClusterNodePool /, operation],
    ['an operation by the beginning of its name', 'CreateClusterNodeP', /^Operation CreateClusterNodePool /, operation],
    ['an operation by a Chinese term', '创建节点池', /^Operation CreateClusterNodePool .*创建节点池/, operation],
    ['a group by a Chinese term', '节点池', /^Group NodePools .*节点池/, 'index.html#NodePools'],
    ['a field by a Chinese term', '安全组', /^Field security_group_id/, /#.*security_group_id/],
    ['a method', 'CreateClusterAndWait', /^Operation CreateCluster .*CreateClusterAndWait/, 'operations/CreateCluster.html'],
    ['a schema', 'node pool state', /^Schema NodePoolState /, 'schemas/NodePoolState.html'],
    ['a value', 'cloud_essd_xc0', /^Schema DiskCategory .*cloud_essd_xc0/, 'schemas/DiskCategory.html'],
    ['a name with a wrong letter', 'secruity_group_ids', /^Field security_group_ids? /, /#.*security_group_ids?$/],
    ['a guide', 'errors retries', /^(Guide|Section) /, /^guides\//],
  ]) {
    test(`finds ${what}`, async () => {
      const { page, close } = await show('index.html');
      await page.keyboard.press('/');
      const [first] = await look(page, query);
      assert.match(flat(first), wanted);
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => !url.href.endsWith('index.html'));
      if (leads instanceof RegExp) assert.match(await path(page), leads);
      else assert.equal(await path(page), leads);
      const target = page.locator(':target');
      if ((await path(page)).includes('#')) assert.equal(await target.isVisible(), true, 'the place is unfolded');
      await close();
    });
  }

  test('finds operations by a part of a Chinese term', async () => {
    const { page, close } = await show('guides/' + (await readdir(join(site, 'guides')))[0]);
    await page.keyboard.press('/');
    const results = (await look(page, '节点池')).map(flat).filter((text) => text.startsWith('Operation '));
    for (const id of ['CreateClusterNodePool', 'DescribeClusterNodePools', 'ScaleClusterNodePool']) {
      assert.ok(results.some((text) => text.startsWith(`Operation ${id} `)), `${id} is among\n${results.join('\n')}`);
    }
    await close();
  });

  test('works by keyboard alone, and tells screen readers', async () => {
    const { page, close } = await show(operation);
    const input = page.locator('#search-input');
    const state = () => page.evaluate(() => {
      const active = document.getElementById(document.getElementById('search-input').getAttribute('aria-activedescendant'));
      return active && [...active.parentElement.children].indexOf(active);
    });
    assert.equal(await input.getAttribute('role'), 'combobox');
    assert.equal(await input.getAttribute('aria-expanded'), 'false');
    await page.keyboard.press('/');
    assert.equal(await input.evaluate((e) => e === document.activeElement), true, '/ leads to the field');
    assert.equal(await input.inputValue(), '');
    const results = await look(page, 'kubeconfig');
    assert.ok(results.length > 3);
    assert.equal(await input.getAttribute('aria-expanded'), 'true');
    assert.equal(await page.locator(`#${await input.getAttribute('aria-controls')}`).getAttribute('role'), 'listbox');
    assert.match(await page.locator('#search [role=status]').textContent(), new RegExp(`${results.length} results$`));
    assert.equal(await state(), 0);
    await page.keyboard.press('ArrowDown');
    assert.equal(await state(), 1);
    assert.equal(await page.locator('[role=option][aria-selected=true]').count(), 1);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    assert.equal(await state(), results.length - 1, 'the first follows the last');
    await page.keyboard.press('Escape');
    assert.equal(await input.getAttribute('aria-expanded'), 'false');
    assert.equal(await input.inputValue(), 'kubeconfig');
    await page.keyboard.press('Escape');
    assert.equal(await input.inputValue(), '');
    await page.keyboard.type('a/b');
    assert.equal(await input.inputValue(), 'a/b', '/ is a character inside of the field');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    assert.equal(await input.evaluate((e) => e === document.activeElement), false);
    await page.fill('#search-input', 'xyzzyxyzzy');
    await page.waitForFunction(() => document.querySelector('#search [role=status]').textContent === 'No results');
    await close();
  });

  test('has no serious violation for axe while results are shown, and fits a phone', async () => {
    const { page, close } = await show('index.html', { ...phone, bypassCSP: true });
    await page.locator('#search-input').focus();
    await look(page, 'security group');
    await page.evaluate(await readFile(createRequire(import.meta.url).resolve('axe-core'), 'utf8'));
    const { violations } = await page.evaluate(() => globalThis.axe.run('#search', { resultTypes: ['violations'], preload: false }));
    assert.deepEqual(violations.filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => `${v.id}: ${v.nodes[0].html}`), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
    const box = await page.locator('#search-results').boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390, `results are at ${box.x}, ${box.width} wide`);
    await close();
  });

  test('leads to places that exist', async () => {
    const scope = {};
    runInNewContext(await readFile(join(site, 'assets/index.js'), 'utf8'), scope);
    const { pages, fields, texts } = scope.ackgenIndex;
    const ids = new Map();
    const idsOf = async (file) => {
      if (!ids.has(file)) ids.set(file, new Set([...(await readFile(join(site, file), 'utf8')).matchAll(/ id="([^"]*)"/g)].map((m) => m[1])));
      return ids.get(file);
    };
    const dead = [];
    const check = async (address) => {
      const [file, id] = address.split('#');
      if (!files.includes(file) || id && !(await idsOf(file)).has(id)) dead.push(address);
    };
    for (const [, address] of pages) await check(address);
    for (const [, name, , ...numbers] of fields) {
      const tail = texts[numbers[3]] || name;
      for (let i = 4; i < numbers.length; i += 2) await check(`${pages[numbers[i]][1]}#${texts[numbers[i + 1]]}${tail}`);
    }
    assert.deepEqual(dead.slice(0, 10), [], `${dead.length} dead places`);
    assert.ok(pages.filter(([kind]) => kind === 0).length === files.filter((name) => name.startsWith('operations/')).length, 'every operation is in the index');
    assert.ok(fields.length > 1000);
  });

  test('works on a host, too', async () => {
    const types = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
    const server = createServer(async (request, response) => {
      const file = join(site, new URL(request.url, 'http://host').pathname);
      const data = await readFile(file).catch(() => undefined);
      response.writeHead(data ? 200 : 404, { 'Content-Type': types[file.split('.').pop()] ?? 'text/plain' });
      response.end(data);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${server.address().port}/index.html`);
    await page.keyboard.press('/');
    assert.match(flat((await look(page, 'SecurityGroupIDs'))[0]), /^Field security_group_ids/);
    await context.close();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('a deep link', () => {
  const folded = (page) => page.evaluate((id) => {
    let open = true;
    for (let e = document.getElementById(id); e; e = e.parentElement) open &&= e.tagName !== 'DETAILS' || e.open;
    return !open;
  }, field);

  test('unfolds its field', async () => {
    const { page, close } = await show(operation);
    assert.equal(await folded(page), true, 'the field is folded at first');
    await close();
    const linked = await show(operation, { hash: `#${field}` });
    assert.equal(await folded(linked.page), false);
    assert.equal(await linked.page.locator(`[id="${field}"]`).isVisible(), true);
    await linked.page.waitForFunction((id) => {
      const { top } = document.getElementById(id).getBoundingClientRect();
      return top >= 0 && top < innerHeight;
    }, field);
    await linked.close();
  });

  test('unfolds what lies in the object that it names', async () => {
    const { page, close } = await show(operation, { hash: '#request.scaling_group' });
    await page.waitForFunction((id) => document.getElementById(id).checkVisibility(), field);
    assert.equal(await folded(page), false); // which Chromium does not do by itself
    await close();
  });

  test('on the page itself unfolds, again and again', async () => {
    const { page, close } = await show(operation);
    await page.evaluate((id) => { location.hash = id; }, field);
    await page.waitForFunction((id) => document.getElementById(id).closest('details').open, field);
    await page.evaluate((id) => { document.getElementById(id).closest('details').open = false; }, field);
    await page.evaluate((id) => document.querySelector(`a[href="#${id}"]`).click(), field);
    assert.equal(await folded(page), false);
    await close();
  });
});

describe('controls', () => {
  const clipboard = { permissions: ['clipboard-read', 'clipboard-write'] };

  test('copy code, and say so', async () => {
    const { page, close } = await show(operation, clipboard);
    const block = page.locator('main .code').first();
    const pre = block.locator('pre');
    const button = block.locator('button.copy');
    await button.click();
    await page.waitForFunction(() => [...document.querySelectorAll('[role=status]')].some((e) => e.textContent === 'Copied'));
    assert.equal(await button.innerText(), 'Copied');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await pre.textContent());
    assert.ok((await pre.textContent()).length > 20);
    await close();
  });

  test('copy where there is no clipboard for scripts', async () => {
    const { page, close } = await show(operation);
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.locator('button.copy').first().click();
    await page.waitForFunction(() => [...document.querySelectorAll('[role=status]')].some((e) => e.textContent === 'Copied'));
    assert.equal(await page.evaluate(() => getSelection().toString()), '', 'nothing stays selected');
    await close();
  });

  test('switch colors, on every page from then on', async () => {
    const { page, close } = await show('index.html', { colorScheme: 'light' });
    const theme = page.locator('#theme');
    const chosen = () => page.evaluate(() => document.documentElement.dataset.theme ?? 'system');
    assert.equal(await chosen(), 'system');
    assert.match(await theme.innerText(), /system/);
    await theme.click();
    assert.equal(await chosen(), 'light');
    await theme.click();
    assert.equal(await chosen(), 'dark');
    assert.ok(await paper(page) < 60);
    await page.locator('.ops a').first().click();
    await page.waitForURL(/operations/);
    assert.equal(await chosen(), 'dark', 'the choice holds on the next page');
    assert.ok(await paper(page) < 60);
    await theme.click();
    assert.equal(await chosen(), 'system');
    assert.ok(await paper(page) > 230);
    await close();
  });
});

test('what it weighs', async (t) => {
  const sizes = new Map(await Promise.all(files.map(async (name) => [name, (await stat(join(site, name))).size])));
  const sum = (names) => names.reduce((all, name) => all + sizes.get(name), 0);
  const kib = (bytes) => `${(bytes / 1024).toFixed(0)} KiB`;
  const packed = async (names) => (await Promise.all(names.map(async (name) => gzipSync(await readFile(join(site, name))).length))).reduce((a, b) => a + b, 0);
  t.diagnostic(`the site: ${files.length} files, ${kib(sum(files))}`);
  for (const name of ['index.html', operation]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const loaded = [];
    page.on('request', (request) => loaded.push(decodeURIComponent(request.url()).slice(`file://${site}/`.length)));
    await page.goto(`file://${join(site, name)}`);
    t.diagnostic(`${name} with all that it loads: ${kib(sum(loaded))}, ${kib(await packed(loaded))} compressed, ${loaded.length} files`);
    assert.ok(!loaded.includes('assets/index.js'), 'the index is loaded when somebody searches');
    const start = performance.now();
    await page.keyboard.press('/');
    await look(page, 'security_group_ids');
    t.diagnostic(`${name}: from the key to the first results ${(performance.now() - start).toFixed(0)} ms`);
    await context.close();
  }
  const search = ['assets/index.js', 'assets/minisearch.js'];
  t.diagnostic(`search: ${search.map((name) => `${name} ${kib(sizes.get(name))}`).join(', ')}, ${kib(await packed(search))} compressed`);
  assert.ok(sizes.get('assets/index.js') < 700 * 1024, 'the index is small');
});

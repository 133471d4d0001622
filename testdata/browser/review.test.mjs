// Opens reviews in Chromium: that of the whole API of this repository, and those of
// golden/specgen/review.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { contrasts, deadLinks, launch, open, overflow, unfold } from './browser.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const goldens = join(root, 'golden/specgen/review');
const pages = (await readdir(goldens)).filter((name) => name.endsWith('.html')).map((name) => join(goldens, name));
const phone = { viewport: { width: 400, height: 800 }, hasTouch: true };

let folder, whole, browser;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'specgen-'));
  whole = join(folder, 'whole.html');
  const specgen = join(folder, 'specgen');
  await run('go', ['build', '-o', specgen, './cmd/specgen'], { cwd: root });
  await run(specgen, ['review', 'testdata/review/before-whole-api.yaml', 'spec/openapi.yaml', '--html', whole], { cwd: root, maxBuffer: 1 << 28 })
    .catch((error) => assert.equal(error.code, 1, error.stderr)); // 1 says that breaks wait for an approval
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

assert.notEqual(pages.length, 0, `there are pages in ${goldens}`);

for (const file of [undefined, ...pages]) {
  const path = () => file ?? whole;
  describe(file ? basename(file) : 'the review of the whole API', () => {
    test('is silent, and every link leads to a place of the page', async () => {
      const { page, close } = await open(browser, path());
      await unfold(page);
      assert.deepEqual(await deadLinks(page), []);
      assert.match(await page.title(), /^API review: /);
      assert.equal(await page.locator('h1').count(), 1);
      await close();
    });

    test('has no script, and its policy stops one', async () => {
      const { page, close } = await open(browser, path());
      assert.equal(await page.locator('script, iframe, object, embed, img, link, base, form').count(), 0);
      const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
      assert.match(policy, /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]+=*'; base-uri 'none'; form-action 'none'$/);
      assert.notEqual(await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper')), '', 'the style is applied');
      await close();
    });

    for (const colorScheme of ['light', 'dark']) {
      test(`can be read in ${colorScheme}`, async () => {
        const { page, close } = await open(browser, path(), { colorScheme });
        await unfold(page);
        const found = await contrasts(page);
        assert.ok(Object.keys(found).length > 3, 'colors are found');
        for (const [pair, { ratio, text }] of Object.entries(found)) {
          assert.ok(ratio >= 4.5, `${pair} has a contrast of ${ratio.toFixed(2)}: ${text}`);
        }
        const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        const [red] = paper.match(/\d+/g).map(Number);
        assert.ok(colorScheme === 'dark' ? red < 60 : red > 230, `the paper is ${paper}`);
        await close();
      });
    }

    test('fits a phone of 400 pixels', async () => {
      const { page, close } = await open(browser, path(), phone);
      assert.deepEqual(await overflow(page), []);
      await unfold(page);
      assert.deepEqual(await overflow(page), []);
      const size = await page.evaluate(() => Math.min(...[...document.querySelectorAll('p, li, dd, pre')].map((e) => parseFloat(getComputedStyle(e).fontSize))));
      assert.ok(size >= 12, `the smallest text has ${size} pixels`);
      await close();
    });

    test('prints all that is folded, and no controls', async () => {
      const { page, close } = await open(browser, path());
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const hidden = await page.evaluate(() => [...document.querySelectorAll('details:not([open]) > :not(summary)')]
        .filter((e) => !e.checkVisibility()).length);
      assert.equal(hidden, 0, 'folded parts are printed');
      for (const control of ['nav', '.filter']) {
        for (const e of await page.locator(control).all()) assert.equal(await e.isVisible(), false, `${control} is not printed`);
      }
      assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
      for (const [pair, { ratio, text }] of Object.entries(await contrasts(page))) {
        assert.ok(ratio >= 4.5, `${pair} has a contrast of ${ratio.toFixed(2)} on paper: ${text}`);
      }
      await close();
    });

    test('opens and filters by keyboard', async () => {
      const { page, close } = await open(browser, path());
      const folded = page.locator('details:not([open])').first();
      if (await folded.count()) {
        const details = await folded.elementHandle();
        await page.locator('details:not([open]) > summary').first().focus();
        await page.keyboard.press('Enter');
        assert.equal(await details.evaluate((d) => d.open), true, 'Enter opens');
        await page.keyboard.press('Space');
        assert.equal(await details.evaluate((d) => d.open), false, 'Space closes');
      }
      const all = page.locator('#show-all');
      if (await all.count()) {
        await all.focus();
        for (const level of ['breaking', 'risky', 'compatible', 'text', 'all']) {
          await page.keyboard.press('ArrowRight');
          assert.equal(await page.locator(`#show-${level}`).isChecked(), true);
          for (const shown of await page.locator('details.level').all()) {
            const visible = level === 'all' || (await shown.getAttribute('class')).split(' ').includes(level);
            assert.equal(await shown.isVisible(), visible, `${level} is chosen`);
          }
        }
      }
      await close();
    });

    test('unfolds the change that an address names', async () => {
      const { page, close } = await open(browser, path());
      for (const change of [page.locator('.changes > li').first(), page.locator('.changes > li').last()]) {
        if (await change.count() === 0) continue;
        const id = await change.getAttribute('id');
        await page.evaluate((id) => { location.hash = id; }, id);
        assert.equal(await change.isVisible(), true, id);
        assert.equal(await change.evaluate((e) => e.checkVisibility()), true, id);
      }
      await close();
    });

    test('leads to the verdict by the first key', async () => {
      const { page, close } = await open(browser, path());
      await page.keyboard.press('Tab');
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), '#verdict');
      await page.keyboard.press('Enter');
      assert.equal(await page.evaluate(() => document.querySelector(':target')?.id), 'verdict');
      await close();
    });
  });
}

describe('screen readers', () => {
  const axe = createRequire(import.meta.url).resolve('axe-core');
  for (const file of pages) {
    test(`axe finds nothing in ${basename(file)}`, async () => {
      const { page, close } = await open(browser, file);
      await unfold(page);
      await page.evaluate(await readFile(axe, 'utf8'));
      const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }));
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.help}: ${v.nodes[0].html}`), []);
      await close();
    });
  }
});

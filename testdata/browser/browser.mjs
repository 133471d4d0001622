// What the tests of pages have in common: a browser, and what is asked of every page.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

// findChromium returns the program that CHROMIUM names, or the first one on the path.
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const program of programs) {
      const file = join(folder, program);
      if (existsSync(file)) return file;
    }
  }
  throw new Error('Chromium is needed: install it (on Debian: apt-get install chromium), or let CHROMIUM name the program');
}

export const launch = () => chromium.launch({ executablePath: findChromium() });

// open opens a file as a page that has to be silent: no message in the console, no fault,
// no dialog, and no request but the one for the file itself, or for files of the folder
// that is its site. The test is told at close.
export async function open(browser, file, { site, hash = '', ...options } = {}) {
  const address = pathToFileURL(file).href;
  const own = site ? (url) => url.startsWith(`${pathToFileURL(site).href}/`) : (url) => url === address;
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  const noise = [];
  page.on('console', (message) => noise.push(`console: ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(`fault: ${error.message}`));
  page.on('dialog', (dialog) => { noise.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => { if (!own(request.url().split('#')[0])) noise.push(`request: ${request.url()}`); });
  context.on('page', (other) => { if (other !== page) noise.push(`window: ${other.url()}`); });
  await page.goto(address + hash, { waitUntil: 'load' });
  return {
    page,
    async close() {
      await context.close();
      assert.deepEqual(noise, [], 'the page is silent');
    },
  };
}

// unfold opens everything that is folded.
export const unfold = (page) => page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });

// overflow returns what is wider than the page: the page itself may not scroll sideways,
// while a block of code may.
export const overflow = (page) => page.evaluate(() => {
  const width = document.documentElement.clientWidth;
  const wide = document.documentElement.scrollWidth > width ? [`the page: ${document.documentElement.scrollWidth} > ${width}`] : [];
  for (const e of document.querySelectorAll('body *')) {
    const box = e.getBoundingClientRect();
    if (box.width === 0 || e.closest('pre') && e.tagName !== 'PRE') continue;
    if (box.right > width + 0.5) wide.push(`${e.tagName} ${e.className} ${e.textContent.slice(0, 60)}: ${box.right}`);
  }
  return wide.slice(0, 10);
});

// contrasts returns the lowest contrast of each pair of colors in which text is shown, as
// WCAG 2 defines it, with an example of the text.
export const contrasts = (page) => page.evaluate(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const background = (e) => {
    for (; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if (rgba(color)[3] === 255) return color;
    }
    return 'white';
  };
  const luminance = (color) => {
    const [r, g, b] = rgba(color).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const pairs = {};
  for (const e of document.querySelectorAll('body *')) {
    const text = [...e.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE && n.data.trim() !== '').map((n) => n.data).join(' ');
    if (text === '') continue;
    const style = getComputedStyle(e);
    const key = `${style.color} on ${background(e)}`;
    if (pairs[key]) continue;
    const [light, dark] = [luminance(style.color), luminance(background(e))].sort((a, b) => b - a);
    pairs[key] = { ratio: (light + 0.05) / (dark + 0.05), text: text.trim().slice(0, 60) };
  }
  return pairs;
});

// deadLinks returns the links that lead nowhere on the page, or away from it.
export const deadLinks = (page) => page.evaluate(() => [...document.querySelectorAll('a')]
  .map((a) => a.getAttribute('href'))
  .filter((href) => !href?.startsWith('#') || !document.getElementById(decodeURIComponent(href.slice(1)))));

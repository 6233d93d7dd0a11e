import type { Browser, BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorTable } from '../../errors.ts';
import { findChromium, launchChromium } from '../support/browser.ts';
import { startTestApp, type TestApp } from '../support/harness.ts';

const chromium = findChromium();

/** Runs in the page, as text because it needs the types of a browser. */
const LAYOUT = `JSON.stringify({
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  sections: [...document.querySelectorAll('section')].map(section => section.id),
  nested: document.querySelectorAll('section section, nav section, p p, dd dt').length,
  text: getComputedStyle(document.querySelector('p')).color,
  maxWidth: getComputedStyle(document.body).maxWidth,
})`;

describe.runIf(chromium)('the page of the error codes in Chromium', () => {
  let app: TestApp;
  let browser: Browser;
  beforeAll(async () => {
    app = await startTestApp('embedded');
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  /** Opens the page; `complaints` are what the browser says in its console, and requests besides the page. */
  async function open(anchor: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', message => complaints.push(message.text()));
    page.on('pageerror', error => complaints.push(error.message));
    page.on('requestfailed', request => complaints.push(request.url()));
    const loaded: string[] = [];
    page.on('request', request => loaded.push(request.url()));
    const url = `${app.origin}/docs/errors${anchor}`;
    await page.goto(url);
    return { page, complaints, loaded, url };
  }

  it.each(['light', 'dark'] as const)('fits a phone without complaints, in %s', async colorScheme => {
    const viewport = { width: 360, height: 740 };
    const { page, complaints, loaded, url } = await open('', { viewport, colorScheme });
    const { overflow, sections, nested, text, maxWidth } = JSON.parse(await page.evaluate(LAYOUT));
    expect(sections).toEqual(Object.keys(errorTable));
    expect([overflow, nested]).toEqual([0, 0]);
    expect(maxWidth).toBe('768px'); // the style sheet is in force
    expect(text).toBe(colorScheme === 'dark' ? 'rgb(255, 255, 255)' : 'rgb(0, 0, 0)');
    expect(complaints).toEqual([]);
    expect(loaded.filter(address => !address.startsWith('data:'))).toEqual([url]);
  });

  it('opens at the section of a code', async () => {
    const { page } = await open('#shutting_down');
    const top = (await page.locator('#shutting_down h2').boundingBox())?.y ?? -1;
    const height = page.viewportSize()?.height ?? 0;
    expect(top >= 0 && top < height).toBe(true);
  });
});

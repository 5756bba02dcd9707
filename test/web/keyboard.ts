import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

const MOST_STOPS = 250;

interface Stop {
  readonly name: string;
  /** Whether a ring is drawn around it, or around what holds it. */
  readonly ringed: boolean;
}

/** Presses Tab until the focus stands on something with that name; every stop on the way must be seen. */
export async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let i = 0; i < MOST_STOPS; i += 1) {
    await page.keyboard.press(key);
    const stop = await page.evaluate(focused);
    if (stop === null) continue;
    assert.ok(stop.ringed, `the focus on "${stop.name}" at ${page.url()} cannot be seen`);
    if (typeof name === 'string' ? stop.name === name : name.test(stop.name)) return;
    seen.push(stop.name);
  }
  assert.fail(`no "${name}" among the stops at ${page.url()}: ${[...new Set(seen)].join(' | ')}`);
}

/** Goes to something with the keys and opens it. */
export async function press(page: Page, name: string | RegExp, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press(key);
}

function focused(): Stop | null {
  const on = document.activeElement;
  // A title that takes the focus of a new page is no stop.
  if (!(on instanceof HTMLElement) || on === document.body || on.tabIndex < 0) return null;
  const byIds = (on.getAttribute('aria-labelledby') ?? '')
    .split(' ')
    .map((id) => (id === on.id ? on.getAttribute('aria-label') : document.getElementById(id)?.textContent) ?? '')
    .join(' ');
  const label = (on as HTMLInputElement).labels?.[0]?.textContent ?? '';
  const name = byIds.trim() || on.getAttribute('aria-label') || label || on.textContent || '';
  let ringed = false;
  for (let at: Element | null = on, up = 0; at && up < 4; at = at.parentElement, up += 1) {
    const { outlineStyle, outlineWidth } = getComputedStyle(at);
    ringed ||= outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
  }
  return { name: name.replaceAll(/\s+/g, ' ').trim(), ringed };
}

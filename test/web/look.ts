import assert from 'node:assert/strict';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Locator, Page } from 'playwright-core';

/** Resolves when the page has its title and waits for nothing any more. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('.progress'));
}

/** Fails with every rule of accessibility that what is drawn now breaks, at the place where it does. */
export async function audit(page: Page, where: string, only?: readonly string[]): Promise<void> {
  const options: RunOptions = { resultTypes: ['violations'], ...(only && { runOnly: [...only] }) };
  const { violations } = await page.evaluate(
    (run): Promise<AxeResults> => (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(run),
    options,
  );
  const told = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );
  assert.deepEqual(told, [], where);
}

/** The same in light and dark; what is drawn changes in colour only. */
export async function auditBothThemes(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  await audit(page, `${where}, light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await audit(page, `${where}, dark`, ['color-contrast']);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** The words that a person sees there, in one line. */
export async function seen(there: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: the text of the node holds what is hidden, too
  return (await there.innerText()).replaceAll(/\s+/g, ' ').trim();
}

/** Fails when the page must be scrolled sideways. */
export async function fitsInWidth(page: Page, where: string): Promise<void> {
  const [needed, has] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
  assert.ok(needed <= has, `${where} needs ${needed} px of ${has}`);
}

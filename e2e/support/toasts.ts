import type { Locator, Page } from '@playwright/test';

/** A toast that is on the screen now. */
export function toast(page: Page, text: string | RegExp): Locator {
  return page.locator('#toast-container').getByText(text);
}

/**
 * Notes every toast of a page from now on, also those that have disappeared again.
 *
 * @returns a function that tells the texts of all toasts so far.
 */
export async function recordToasts(page: Page): Promise<() => Promise<string[]>> {
  const toasts = await page.evaluateHandle(() => {
    const shown = (): Element[] => [...document.querySelectorAll('#toast-container > *')];
    const before = new Set(shown());
    const seen = new Set<Element>();
    new MutationObserver(() => {
      for (const element of shown()) {
        if (!before.has(element)) seen.add(element);
      }
    }).observe(document.body, { childList: true, subtree: true });
    return seen;
  });
  // A toast gets its text a moment after it has appeared, so texts are read only now.
  return () =>
    toasts.evaluate((seen) =>
      [...seen].map((element) => element.querySelector('[role="alert"]')?.textContent.trim() ?? ''),
    );
}

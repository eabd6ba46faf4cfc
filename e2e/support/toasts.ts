import type { Locator, Page } from '@playwright/test';

/** A toast that is on the screen now. */
export function toast(page: Page, text: string | RegExp): Locator {
  return page.locator('#toast-container').getByText(text);
}

/** Notes every toast of a page from now on, also those that have disappeared again. */
export async function recordToasts(page: Page): Promise<() => Promise<string[]>> {
  const record = await page.evaluateHandle(() => {
    const texts: string[] = [];
    const seen = new WeakSet<Element>();
    new MutationObserver(() => {
      for (const element of document.querySelectorAll(
        '#toast-container [toast-component], #toast-container .ngx-toastr',
      )) {
        if (seen.has(element)) continue;
        seen.add(element);
        texts.push(element.textContent.trim());
      }
    }).observe(document.body, { childList: true, subtree: true });
    return texts;
  });
  return () => record.jsonValue();
}

import { DOCUMENT, inject } from '@angular/core';

/** One choice of the person, remembered by this browser. */
export interface StoredChoice<T extends string> {
  /** What was chosen before; null when nothing was, or when the browser keeps nothing. */
  read(): T | null;
  /** Remembers a choice; does nothing where the browser keeps nothing. */
  write(choice: T): void;
}

/**
 * A choice kept in `localStorage` under `creative-autogpt.<name>`. Anything `isChoice` does not accept counts
 * as nothing chosen. Storage that is denied or full is no error: the choice then lasts as long as the page.
 */
export function injectStoredChoice<T extends string>(
  name: string,
  isChoice: (value: unknown) => value is T,
): StoredChoice<T> {
  const view = inject(DOCUMENT).defaultView;
  const key = `creative-autogpt.${name}`;
  return {
    read: () => {
      try {
        const stored = view?.localStorage.getItem(key);
        return isChoice(stored) ? stored : null;
      } catch {
        return null;
      }
    },
    write: (choice) => {
      try {
        view?.localStorage.setItem(key, choice);
      } catch {
        // Private windows and full storage refuse to write; there is nothing to tell the person.
      }
    },
  };
}

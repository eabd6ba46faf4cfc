import { DOCUMENT, inject, Injectable } from '@angular/core';
import { REALTIME_CONFIG, urlName } from '../realtime-config';
import { isStreamPosition, type StreamPosition } from './stream-position';

const PREFIX = '@creative-autogpt/realtime position of ';

/**
 * Keeps the position in the tab's `sessionStorage`, so that it survives a reload of the page. A storage that
 * is switched off or full keeps nothing, and the reloaded page begins anew.
 */
@Injectable()
export class PositionStorage {
  readonly #window = inject(DOCUMENT).defaultView;
  readonly #key = PREFIX + urlName(inject(REALTIME_CONFIG));

  load(): StreamPosition | null {
    try {
      const value: unknown = JSON.parse(this.#window?.sessionStorage.getItem(this.#key) ?? 'null');
      return isStreamPosition(value) ? value : null;
    } catch {
      return null;
    }
  }

  save(position: StreamPosition | null): void {
    try {
      if (position) {
        this.#window?.sessionStorage.setItem(this.#key, JSON.stringify(position));
      } else {
        this.#window?.sessionStorage.removeItem(this.#key);
      }
    } catch {
      // Without storage the position lives as long as the page.
    }
  }
}

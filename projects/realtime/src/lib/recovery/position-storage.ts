import { DOCUMENT, inject, Injectable } from '@angular/core';
import { REALTIME_CONFIG } from '../realtime-config';
import { isStreamPosition, type StreamPosition } from './stream-position';

const PREFIX = '@creative-autogpt/realtime position of ';

/**
 * Keeps the position in the tab's `sessionStorage`, so that it survives a reload of the page. A storage that is
 * switched off or full keeps nothing, and the reloaded page begins anew.
 */
@Injectable()
export class PositionStorage {
  private readonly window = inject(DOCUMENT).defaultView;
  private readonly key = PREFIX + nameOf(inject(REALTIME_CONFIG).url);

  load(): StreamPosition | null {
    try {
      const value: unknown = JSON.parse(this.window?.sessionStorage.getItem(this.key) ?? 'null');
      return isStreamPosition(value) ? value : null;
    } catch {
      return null;
    }
  }

  save(position: StreamPosition | null): void {
    try {
      if (position) {
        this.window?.sessionStorage.setItem(this.key, JSON.stringify(position));
      } else {
        this.window?.sessionStorage.removeItem(this.key);
      }
    } catch {
      // Without storage the position lives as long as the page.
    }
  }
}

function nameOf(url: string | (() => unknown)): string {
  return typeof url === 'string' ? url : 'a computed URL';
}

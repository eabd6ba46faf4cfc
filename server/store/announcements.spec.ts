import { join } from 'node:path';
import Database from 'libsql';
import { config } from 'rxjs';
import type { Store } from './store';
import { NOVEL } from './testing/sample-work';
import { useStore, wordsFor } from './testing/store-under-test';

describe('SqlStore: announcements', () => {
  const opened = useStore();
  let store: Store;
  beforeEach(() => {
    ({ store } = opened());
  });

  it('arrive after their change is on disk, where another program sees it', () => {
    const seen: unknown[] = [];
    const other = new Database(join(opened().directory, 'creative-autogpt.db'));
    store.announcements.subscribe(({ sessionId }) => {
      seen.push(...other.prepare('SELECT title FROM sessions WHERE id = ?').all(sessionId));
    });

    store.createSession(NOVEL);

    expect(seen).toEqual([{ title: '星海拾遗' }]);
    other.close();
  });

  it('reach every listener in the same order when one of them causes more', () => {
    const { id, outline } = opened().planNovel();
    const late: string[] = [];
    let hasPaused = false;
    store.announcements.subscribe(() => {
      if (!hasPaused) {
        hasPaused = true;
        store.setSessionStatus(id, 'paused');
      }
    });
    store.announcements.subscribe(({ event }) => late.push(wordsFor(event)));

    store.beginTask(outline, { retry: false, rewrite: false });

    expect(late).toEqual(['task.update running', 'progress.update 0/2', 'session.update paused 0/2']);
  });

  it('survive a listener that throws', async () => {
    const failure = new Error('a broken listener');
    const reported: unknown[] = [];
    const allReported = new Promise<void>((resolve) => {
      config.onUnhandledError = (error) => {
        if (reported.push(error) === 2) {
          resolve();
        }
      };
    });
    const others: string[] = [];
    store.announcements.subscribe(() => {
      throw failure;
    });
    store.announcements.subscribe(({ event }) => others.push(wordsFor(event)));

    store.createSession(NOVEL);
    store.createSession(NOVEL);
    await allReported;

    expect(others).toEqual(['session.update created 0/0', 'session.update created 0/0']);
    expect(reported).toEqual([failure, failure]);
    config.onUnhandledError = null;
  });
});

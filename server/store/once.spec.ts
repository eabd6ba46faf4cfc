import { join } from 'node:path';
import { ServiceError } from '../service-error';
import { openStore } from './open-store';
import type { NamedCommand, Store } from './store';
import type { ManualClock } from './testing/manual-clock';
import { NOVEL } from './testing/sample-work';
import { useStore } from './testing/store-under-test';

const HOUR_MS = 3_600_000;

describe('SqlStore: a command with an id', () => {
  const opened = useStore();
  let store: Store;
  let clock: ManualClock;
  let pause: NamedCommand;
  beforeEach(() => {
    ({ store, clock } = opened());
    pause = { id: 'c1', command: 'pause', sessionId: store.createSession(NOVEL).id };
    opened().announced.length = 0;
  });

  const doPause = (): void => {
    store.renameSession(pause.sessionId, 'in between');
    store.setSessionStatus(pause.sessionId, 'paused');
  };
  const refuse = (): void => {
    doPause();
    throw new ServiceError('invalid_state', 'not now');
  };

  it('S15: is done once and answered alike', () => {
    const first = store.once(pause, doPause);
    const second = store.once(pause, fail);

    expect(first).toEqual({ answer: { ok: true }, isRepeated: false });
    expect(second).toEqual({ answer: { ok: true }, isRepeated: true });
    expect(opened().news).toEqual(['session.update created 0/0', 'session.update paused 0/0']);
  });

  it('S15: is known to the next process', () => {
    const directory = join(opened().directory, 'other');
    const earlier = openStore(directory);
    earlier.once(pause, () => earlier.createSession(NOVEL));
    earlier.close();
    const next = openStore(directory);

    expect(next.once(pause, fail)).toEqual({ answer: { ok: true }, isRepeated: true });
    next.close();
  });

  it('S16: leaves nothing behind but its refusal when it is refused', () => {
    const refusal = { ok: false, error: { code: 'invalid_state', message: 'not now' } };

    expect(store.once(pause, refuse).answer).toEqual(jasmine.objectContaining(refusal));
    expect(store.once(pause, fail).answer).toEqual(jasmine.objectContaining(refusal));
    expect(store.findSession(pause.sessionId).status).toBe('created');
    expect(opened().announced).toEqual([]);
    expect(store.journal.end.offset).toBe(1);
  });

  it('may be tried again when the server failed at it', () => {
    const failAfterwards = (): void => {
      doPause();
      throw new Error('the disk is full');
    };

    expect(() => store.once(pause, failAfterwards)).toThrowError('the disk is full');
    expect(store.findSession(pause.sessionId).status).toBe('created');
    expect(store.once(pause, doPause)).toEqual({ answer: { ok: true }, isRepeated: false });
  });

  it('tells nobody before all of it is on disk', () => {
    store.once(pause, () => {
      doPause();

      expect(opened().announced).toEqual([]);
    });

    expect(opened().announced).toHaveSize(2);
  });

  it('is refused, and not done, where another command had its id', () => {
    store.once(pause, doPause);

    expect(store.once({ ...pause, command: 'stop' }, fail).answer).toEqual({
      ok: false,
      error: { code: 'invalid_message', message: 'Another command had the id "c1" before.' },
    });
  });

  it('is remembered for a day', () => {
    store.once(pause, doPause);
    clock.advance(23 * HOUR_MS);
    store.trim();
    const within = store.once(pause, doPause).isRepeated;
    clock.advance(2 * HOUR_MS);
    store.trim();

    expect([within, store.once(pause, doPause).isRepeated]).toEqual([true, false]);
  });
});

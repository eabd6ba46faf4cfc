import { ServiceError } from '../domain/service-error';
import { describeOnEachBackend } from '../testing/backends';
import type { Work } from '../domain/work';
import type { NamedCommand, Store } from '../ports/store';
import { NOVEL } from '../testing/sample-work';
import { GRACE, useStore } from '../testing/store-under-test';

const HOUR_MS = 3_600_000;

describeOnEachBackend('A command with an id', (kind) => {
  const opened = useStore(kind);
  let store: Store;
  let pause: NamedCommand;
  beforeEach(async () => {
    ({ store } = opened());
    pause = { id: 'c1', command: 'pause', sessionId: (await store.createSession(NOVEL)).id };
    opened().forgetNews();
  });

  const doPause = (work: Work): void => {
    work.start();
    work.pause();
  };
  const refuse = (work: Work): void => {
    doPause(work);
    throw new ServiceError('invalid_state', 'not now');
  };
  const mustNotBeDone = (): void => {
    throw new Error('It was done a second time.');
  };
  const statusOf = async (): Promise<string> => (await store.findSession(pause.sessionId)).status;

  it('S15: is done once and answered alike', async () => {
    const first = await store.once(pause, doPause);
    const second = await store.once(pause, mustNotBeDone);

    expect(first).toEqual({ answer: { ok: true }, isRepeated: false });
    expect(second).toEqual({ answer: { ok: true }, isRepeated: true });
    expect(opened().news).toEqual(['session.update running 0/0', 'session.update paused 0/0']);
  });

  it('S15: is done once when it comes twice at the same time', async () => {
    const both = await Promise.all([store.once(pause, doPause), store.once(pause, doPause)]);

    expect(both.map(({ answer }) => answer)).toEqual([{ ok: true }, { ok: true }]);
    expect(both.filter(({ isRepeated }) => isRepeated)).toHaveSize(1);
    expect(opened().published).toHaveSize(2);
  });

  it('S15: is known to the next process', async () => {
    await store.once(pause, doPause);
    await opened().reopen();

    expect(await opened().store.once(pause, mustNotBeDone)).toEqual({
      answer: { ok: true },
      isRepeated: true,
    });
  });

  it('S16: gets the same refusal again', async () => {
    const refusal = { ok: false as const, error: { code: 'invalid_state' as const, message: 'not now' } };

    expect(await store.once(pause, refuse)).toEqual({ answer: refusal, isRepeated: false });
    expect(await store.once(pause, mustNotBeDone)).toEqual({ answer: refusal, isRepeated: true });
  });

  it('S16: leaves nothing behind but its refusal when it is refused', async () => {
    await store.once(pause, refuse);

    expect(await statusOf()).toBe('created');
    expect(opened().published).toEqual([]);
    expect((await store.journal.end()).offset).toBe(1);
  });

  it('S16: is answered where its session is unknown', async () => {
    const { answer } = await store.once({ ...pause, sessionId: 'nobody' }, doPause);

    expect(answer).toEqual({
      ok: false,
      error: { code: 'unknown_session', message: 'There is no session nobody.' },
    });
  });

  it('may be tried again when the server failed at it', async () => {
    const failing = store.once(pause, (work) => {
      doPause(work);
      throw new Error('the disk is full');
    });

    await expectAsync(failing).toBeRejectedWithError('the disk is full');
    expect(await statusOf()).toBe('created');
    expect(await store.once(pause, doPause)).toEqual({ answer: { ok: true }, isRepeated: false });
  });

  it('is refused, and not done, where another command had its id', async () => {
    await store.once(pause, doPause);

    expect((await store.once({ ...pause, command: 'stop' }, mustNotBeDone)).answer).toEqual({
      ok: false,
      error: { code: 'invalid_message', message: 'Another command had the id "c1" before.' },
    });
  });

  it('is refused, and not done, where the same command for another session had its id', async () => {
    await store.once(pause, doPause);
    const { id: sessionId } = await store.createSession(NOVEL);

    expect((await store.once({ ...pause, sessionId }, mustNotBeDone)).answer.ok).toBeFalse();
  });

  it('S23: is not taken for that of another owner', async () => {
    await store.once(pause, doPause);
    const graces = opened().stores.of(GRACE);
    const { id: sessionId } = await graces.createSession(NOVEL);

    expect(await graces.once({ ...pause, sessionId }, doPause)).toEqual({
      answer: { ok: true },
      isRepeated: false,
    });
  });

  it('is remembered for a day', async () => {
    await store.once(pause, doPause);
    opened().clock.advance(23 * HOUR_MS);
    await opened().stores.trim();

    expect((await store.once(pause, doPause)).isRepeated).toBeTrue();
  });
});

import { TestBed } from '@angular/core/testing';
import { RealtimeService } from '@creative-autogpt/realtime';
import { LiveTesting } from '../testing/live-testing';
import { aSession, aTask } from '../testing/samples';
import { RestFailure } from '../platform/rest/rest-failure';
import { Steering } from './steering';

const TASK = aTask('t1', { status: 'pending_approval' });
const APPROVE = { action: 'approve' } as const;

describe('Steering', () => {
  let live: LiveTesting;
  let steering: Steering;

  beforeEach(() => {
    live = new LiveTesting();
    TestBed.configureTestingModule({ providers: live.providers });
    steering = TestBed.inject(Steering);
    live.connect();
  });

  const lose = (): void => {
    TestBed.inject(RealtimeService).disconnect();
    TestBed.tick();
  };
  const failureOf = async (said: Promise<unknown>): Promise<unknown> =>
    said.then(
      () => null,
      (error: unknown) => (error instanceof RestFailure ? [error.status, error.code] : error),
    );

  it('S20: says a decision with an id, and knows of it until it is answered', async () => {
    const decided = steering.decide(TASK, APPROVE);
    expect(steering.decisionAbout('t1')).toEqual(APPROVE);
    const request = live.socket.expectSent('approve');
    request.acknowledge();
    await decided;

    expect(request.message).toEqual({
      event: 'approve',
      id: jasmine.any(String),
      session_id: 's1',
      data: { task_id: 't1', action: 'approve' },
    });
    expect(steering.decisionAbout('t1')).toBeUndefined();
  });

  it('S21: says a note likewise', async () => {
    const given = steering.giveFeedback('s1', { message: 'More sea.' });
    expect([steering.hasFeedbackTo('s1'), steering.hasFeedbackTo('s2')]).toEqual([true, false]);
    const request = live.socket.expectSent('feedback');
    request.acknowledge();
    await given;

    expect(request.message['data']).toEqual({ message: 'More sea.' });
    expect(steering.hasFeedbackTo('s1')).toBe(false);
  });

  it('rejects with the code of the server when it is refused', async () => {
    const refused = failureOf(steering.decide(TASK, APPROVE));
    live.socket.expectSent('approve').refuse({ code: 'invalid_state', message: 'It does not wait.' });

    expect(await refused).toEqual([400, 'invalid_state']);
    expect(steering.decisionAbout('t1')).toBeUndefined();
  });

  it('says it again under the same id when the connection breaks before the answer', async () => {
    const decided = steering.decide(TASK, APPROVE);
    const first = live.socket.expectSent('approve');
    live.socket.drop();
    live.socket.advance(10_000);
    live.socket.expectConnection().accept();
    const second = live.socket.expectSent('approve');
    second.acknowledge();
    await decided;

    expect(second.message['id']).toBe(first.message['id']);
  });

  it('waits for the connection, even after it was given up', async () => {
    lose();
    const decided = steering.decide(TASK, APPROVE);
    expect(steering.waits()).toBe(true);
    live.connect();
    live.socket.expectSent('approve').acknowledge();
    await decided;

    expect(steering.waits()).toBe(false);
  });

  it('waits for a day, as long as the server remembers what it has done', async () => {
    lose();
    const given = failureOf(steering.giveFeedback('s1', { message: 'More sea.' }));
    live.socket.advance(86_400_000);

    expect(await given).toEqual([0, null]);
  });

  it('asks by REST where the server acknowledges no commands', async () => {
    lose();
    TestBed.inject(RealtimeService).connect();
    live.socket.expectConnection().accept({ connected: { capabilities: [] } });
    const given = steering.giveFeedback('s1', { message: 'More sea.' });
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    live.request('/sessions/s1/feedback', 'POST').flush(aSession('s1'));

    await expectAsync(given).toBeResolved();
  });

  it('asks by REST where only the WebSocket is lost', async () => {
    lose();
    live.request('/health').flush({});
    const decided = steering.decide(TASK, APPROVE);
    live.request('/tasks/t1/approve', 'POST').flush({ ...TASK, status: 'completed' });

    await expectAsync(decided).toBeResolved();
  });
});

import { TestBed } from '@angular/core/testing';
import {
  defineEvent,
  provideRealtime,
  REALTIME_SCHEDULER,
  type RealtimeConfig,
  type RealtimeFeature,
  RealtimeOutbox,
  RealtimeService,
  withCodec,
  withHeartbeat,
  withOutbox,
  withRecovery,
  withRetry,
} from '@creative-autogpt/realtime';
import { provideRealtimeTesting, RealtimeTestingController } from '@creative-autogpt/realtime/testing';

const taskUpdate = defineEvent('task.update');

describe('RealtimeTestingController', () => {
  let controller: RealtimeTestingController;
  let realtime: RealtimeService;

  const setUp = (
    features: readonly RealtimeFeature[] = [withRetry({ jitter: 0 }), withHeartbeat()],
    config: Partial<RealtimeConfig> = {},
  ): void => {
    TestBed.configureTestingModule({
      providers: [
        provideRealtime({ url: 'ws://server.test', ...config }, ...features),
        provideRealtimeTesting(),
      ],
    });
    controller = TestBed.inject(RealtimeTestingController);
    realtime = TestBed.inject(RealtimeService);
  };
  const setUpConnected = (...given: Parameters<typeof setUp>): void => {
    setUp(...given);
    realtime.connect();
    controller.expectConnection().accept();
  };

  describe('connections', () => {
    it('are given out in the order in which they were opened, each once', () => {
      setUp();
      realtime.connect();
      const first = controller.expectConnection();
      first.refuse();
      controller.advance(1_000);
      const second = controller.expectConnection();

      expect([first.state, second.state]).toEqual(['closed', 'opening']);
      expect(() => controller.expectConnection()).toThrowError(
        'Expected the client to open another connection. Those before:' +
          '\n  - ws://server.test (closed by the server)\n  - ws://server.test (opening)',
      );
    });

    it('that were never opened are explained', () => {
      setUp();

      expect(() => controller.expectConnection()).toThrowError(/it opened none\. Was connect\(\) called/);
    });

    it('show what the client asked for', () => {
      setUp([], { protocols: ['v1'] });
      realtime.connect();

      expect(controller.expectConnection().request).toEqual({ url: 'ws://server.test', protocols: ['v1'] });
    });

    it('connect the client when they are accepted', () => {
      setUp();
      realtime.connect();
      const connection = controller.expectConnection();
      expect(realtime.status()).toBe('connecting');
      connection.accept();

      expect([realtime.status(), connection.state]).toEqual(['connected', 'open']);
    });

    it('can be accepted once', () => {
      setUp();
      realtime.connect();
      const connection = controller.expectConnection().accept();

      expect(() => connection.accept()).toThrowError(
        'The connection is not opening: ws://server.test (open).',
      );
    });

    it('are awaited where the client opens them in a later turn', async () => {
      setUp([], { url: async () => Promise.resolve('ws://later.test') });
      const next = controller.nextConnection();
      realtime.connect();

      expect((await next).request.url).toBe('ws://later.test');
    });

    it('say when the client has closed them', () => {
      setUp();
      realtime.connect();
      const connection = controller.expectConnection().accept();
      realtime.disconnect();

      expect([connection.state, connection.closedBy]).toEqual(['closed', 'client']);
      expect(() => controller.drop()).toThrowError(
        'No connection is open:\n  - ws://server.test (closed by the client)',
      );
    });
  });

  describe('the handshake', () => {
    it('is answered like a server that agrees to everything', () => {
      setUp([withOutbox()], { capabilities: ['streaming'] });
      const answers: unknown[] = [];
      realtime.on(defineEvent('connected')).subscribe(({ data }) => answers.push(data));
      realtime.connect();
      controller.expectConnection().accept();

      expect(answers).toEqual([{ client_id: 'test-client', capabilities: ['streaming', 'commands'] }]);
      expect(realtime.clientId()).toBe('test-client');
    });

    it('is answered as the test says', () => {
      setUp();
      realtime.connect();
      controller.expectConnection().accept({ connected: { client_id: 'c7' } });

      expect(realtime.clientId()).toBe('c7');
    });

    it('is not answered in silence', () => {
      setUp();
      realtime.connect();
      controller.expectConnection().accept({ silent: true });

      expect([realtime.status(), realtime.clientId()]).toEqual(['connected', null]);
    });

    it('S13: resumes without a gap', () => {
      sessionStorage.clear();
      setUpConnected([withRetry({ jitter: 0 }), withRecovery()]);
      controller.emit({ event: 'task.update', id: 3 });
      controller.drop();
      controller.advance(1_000);
      controller.expectConnection().accept();
      controller.expectSent('connect');

      expect(controller.expectSent('connect').message['data']).toEqual({
        capabilities: ['resume'],
        client_id: 'test-client',
        resume: { epoch: 'test-epoch', offset: 3 },
      });
    });
  });

  describe('messages to the client', () => {
    it('arrive at the subscribers of their event', () => {
      setUpConnected();
      const seen: unknown[] = [];
      realtime.on(taskUpdate).subscribe((message) => seen.push(message));
      controller.emit({ event: 'task.update', data: 1 });
      controller.emit(taskUpdate, { data: 2 });
      controller.deliver('{"event":"task.update","data":3}');

      expect(seen).toEqual([1, 2, 3].map((data) => ({ event: 'task.update', data })));
    });

    it('may be frames that nobody can read', () => {
      setUpConnected();
      const errors: string[] = [];
      realtime.errors.subscribe(({ code }) => errors.push(code));
      controller.deliver('{');

      expect(errors).toEqual(['undecodable-frame']);
    });

    it('wait for the next frame where the client asks for it', () => {
      setUpConnected();
      const seen: unknown[] = [];
      realtime.batched(taskUpdate).subscribe((messages) => seen.push(messages.length));
      controller.emit(taskUpdate, {});
      controller.emit(taskUpdate, {});
      expect(seen).toEqual([]);
      controller.nextFrame();

      expect(seen).toEqual([2]);
    });

    it('need an open connection', () => {
      setUp();

      expect(() => controller.emit({ event: 'x' })).toThrowError('No connection is open: there was none.');
    });
  });

  describe('messages of the client', () => {
    beforeEach(() => setUpConnected());

    it('are found by name, by definition and by predicate', () => {
      realtime.send({ event: 'task.update', data: 1 });
      realtime.send({ event: 'task.update', data: 2 });
      realtime.send({ event: 'task.update', data: 3 });

      expect(controller.expectSent(({ data }) => data === 3).message['data']).toBe(3);
      expect(controller.expectSent(taskUpdate).message['data']).toBe(1);
      expect(controller.expectSent('task.update').message['data']).toBe(2);
    });

    it('are taken off the list', () => {
      realtime.send({ event: 'pause' });
      controller.expectSent('pause');

      expect(() => controller.expectSent('pause')).toThrowError(
        /^Expected the client to send "pause". Unexpected so far:/,
      );
    });

    it('that were sent instead are listed', () => {
      realtime.send({ event: 'stop', session_id: 's1' });

      expect(() => controller.expectSent('pause')).toThrowError(/- \{"event":"stop","session_id":"s1"\}/);
    });

    it('are awaited where the client sends them in a later turn', async () => {
      const next = controller.nextSent('pause');
      await Promise.resolve();
      realtime.send({ event: 'pause' });

      expect((await next).message).toEqual({ event: 'pause' });
    });

    it('are missing when they are expected not to be sent', () => {
      expect(() => controller.expectNoneSent()).not.toThrow();
      realtime.send({ event: 'stop' });

      expect(() => controller.expectNoneSent('pause')).not.toThrow();
      expect(() => controller.expectNoneSent('stop')).toThrowError(
        'Expected the client not to send "stop":\n  - {"event":"stop"}',
      );
      expect(() => controller.expectNoneSent()).toThrowError(/^Expected the client to send nothing:/);
    });

    it('without an id cannot be acknowledged', () => {
      realtime.send({ event: 'pause' });

      expect(() => controller.expectSent('pause').acknowledge()).toThrowError(/RealtimeOutbox\.request\(\)/);
    });
  });

  describe('requests', () => {
    it('are acknowledged', async () => {
      setUpConnected([withOutbox()]);
      const answer = TestBed.inject(RealtimeOutbox).request('pause', { session_id: 's1' });
      controller.expectSent('pause').acknowledge();

      expect((await answer).ok).toBeTrue();
    });

    it('are refused', async () => {
      setUpConnected([withOutbox()]);
      const answer = TestBed.inject(RealtimeOutbox).request('start');
      controller.expectSent('start').refuse({ code: 'invalid_state', message: 'It is running.' });

      await expectAsync(answer).toBeRejectedWith(
        jasmine.objectContaining({ code: 'request-refused', serverCode: 'invalid_state' }),
      );
    });

    it('time out as time advances', async () => {
      setUpConnected([withOutbox()]);
      const answer = TestBed.inject(RealtimeOutbox).request('start', {}, { timeout: 4_000 });
      controller.advance(4_000);

      await expectAsync(answer).toBeRejectedWith(jasmine.objectContaining({ code: 'request-timeout' }));
    });
  });

  describe('time', () => {
    it('stands still until it is advanced', () => {
      setUp();
      const scheduler = TestBed.inject(REALTIME_SCHEDULER);
      const before = controller.now;
      controller.advance(250);

      expect([scheduler.now() - before, controller.now - before]).toEqual([250, 250]);
    });

    it('keeps the connection alive, since pings are answered', () => {
      setUpConnected();
      controller.advance(600_000);

      expect(realtime.status()).toBe('connected');
      expect(() => controller.verify()).not.toThrow();
    });

    it('ends a silent connection', () => {
      setUp();
      realtime.connect();
      controller.expectConnection().accept({ silent: true });
      controller.advance(40_000);

      expect([realtime.status(), realtime.lastError()?.code]).toEqual(['disconnected', 'dead-link']);
    });

    it('runs out for a connection that is never accepted', () => {
      setUp();
      realtime.connect();
      const connection = controller.expectConnection();
      controller.advance(10_000);

      expect([realtime.lastError()?.code, connection.closedBy]).toEqual(['connect-timeout', 'client']);
    });

    it('brings the attempts to reconnect until none is left', () => {
      setUpConnected();
      controller.drop();
      for (let attempt = 1; attempt <= 5; attempt += 1) {
        expect(realtime.attempt()).toBe(attempt);
        controller.advance(10_000);
        controller.expectConnection().refuse();
      }

      expect(realtime.status()).toBe('error');
    });

    it('does not go back', () => {
      setUp();

      expect(() => controller.advance(-1)).toThrowError(RangeError);
    });

    it('cannot be advanced by what happens meanwhile', () => {
      setUp();
      const errors: unknown[] = [];
      TestBed.inject(REALTIME_SCHEDULER).schedule(() => {
        try {
          controller.advance(1);
        } catch (error) {
          errors.push(error);
        }
      });
      controller.advance(1);

      expect(errors).toEqual([new Error('advance() was called while time is advancing.')]);
    });
  });

  describe('the end of a connection', () => {
    it('is lost without a word', () => {
      setUpConnected();
      controller.drop();

      expect(realtime.lastError()?.closeCode).toBe(1006);
    });

    it('has the code and the reason that the test says', () => {
      setUpConnected();
      controller.close(1008, 'not you');

      expect([realtime.status(), realtime.lastError()?.closeCode, realtime.lastError()?.reason]).toEqual([
        'error',
        1008,
        'not you',
      ]);
    });
  });

  describe('verify', () => {
    it('is content when everything was expected', () => {
      setUpConnected();

      expect(() => controller.verify()).not.toThrow();
    });

    it('lists connections and messages that nobody expected', () => {
      setUpConnected();
      realtime.send({ event: 'pause' });
      controller.drop();
      controller.advance(1_000);

      expect(() => controller.verify()).toThrowError(
        'Unexpected connections:\n  - ws://server.test (opening)\n' +
          'Unexpected messages:\n  - {"event":"pause"}',
      );
    });

    it('looks past connections that the client gave up, where the test says so', () => {
      setUp();
      realtime.connect();
      realtime.disconnect();

      expect(() => controller.verify()).toThrowError(/closed by the client/);
      expect(() => controller.verify({ ignoreCancelled: true })).not.toThrow();
    });
  });

  describe('codecs', () => {
    const reversed = {
      name: 'reversed JSON',
      decode: (frame: string | ArrayBuffer): unknown =>
        typeof frame === 'string' ? JSON.parse([...frame].reverse().join('')) : null,
      encode: (message: object) => [...JSON.stringify(message)].reverse().join(''),
    };

    it('are those that were agreed', async () => {
      setUp([withCodec({ protocol: 'v1+reversed', load: async () => Promise.resolve(reversed) })]);
      realtime.connect();
      controller.expectConnection().accept({ protocol: 'v1+reversed', codec: reversed });
      await controller.nextSent('connect');
      controller.advance(0);

      expect(realtime.clientId()).toBe('test-client');
    });
  });
});

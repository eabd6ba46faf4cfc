import { TestBed } from '@angular/core/testing';
import {
  defineEvent,
  REALTIME_SCHEDULER,
  type RealtimeService,
  withCodec,
  withOutbox,
  withRecovery,
  withRetry,
} from '@creative-autogpt/realtime';
import type { RealtimeTestingController } from '@creative-autogpt/realtime/testing';
import { playedClient } from '../src/spec-support/played-client';

describe('RealtimeTestingController', () => {
  let controller: RealtimeTestingController;
  let realtime: RealtimeService;

  const setUp = (...given: Parameters<typeof playedClient>): void => {
    ({ controller, realtime } = playedClient(...given));
  };
  const setUpConnected = (...given: Parameters<typeof playedClient>): void => {
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
    const base64 = {
      name: 'Base64',
      decode: (frame: string | ArrayBuffer): unknown =>
        typeof frame === 'string' ? JSON.parse(atob(frame)) : null,
      encode: (message: object) => btoa(JSON.stringify(message)),
    };

    it('are those that were agreed', async () => {
      setUp([withCodec({ protocol: 'v1+base64', load: async () => Promise.resolve(base64) })]);
      realtime.connect();
      controller.expectConnection().accept({ protocol: 'v1+base64', codec: base64 });
      await controller.nextSent('connect');
      controller.advance(0);

      expect(realtime.clientId()).toBe('test-client');
    });
  });
});

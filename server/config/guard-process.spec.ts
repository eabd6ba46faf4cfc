import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';
import fastify from 'fastify';
import { guardProcess } from './guard-process';

/** A process whose output fails as a pipe without a reader does. */
class FakeProcess extends EventEmitter {
  readonly stdout = new Writable();
  readonly stderr = new Writable();
  readonly report = { reportOnUncaughtException: false, writeReport: () => '' };
  readonly exit = jasmine.createSpy('exit');
}

describe('guardProcess', () => {
  const { log } = fastify();
  let fake: FakeProcess;
  beforeEach(() => {
    fake = new FakeProcess();
    guardProcess(fake, log);
  });

  for (const output of ['stdout', 'stderr'] as const) {
    it(`goes on when nobody reads ${output} any more`, () => {
      expect(() => fake[output].emit('error', new Error('EPIPE'))).not.toThrow();
      expect(fake.exit).not.toHaveBeenCalled();
    });
  }

  it('ends on an error that nobody expected, and says which one', () => {
    const fatal = spyOn(log, 'fatal');
    const err = new Error('a mistake');
    fake.emit('uncaughtException', err, 'unhandledRejection');

    expect(fatal).toHaveBeenCalledOnceWith({ err, origin: 'unhandledRejection' }, jasmine.any(String));
    expect(fake.exit).toHaveBeenCalledOnceWith(1);
  });

  it('takes the signal that would open the debugger', () => {
    expect(fake.listenerCount('SIGUSR1')).toBe(1);
  });
});

import { OUTCOME } from '../testing/sample-work';
import { WorkUnderTest } from '../testing/work-under-test';

describe('A session whose process fails by itself', () => {
  let test: WorkUnderTest;
  beforeEach(() => {
    test = WorkUnderTest.planned();
    test.change((work) => {
      work.start();
    });
  });

  /** A process takes the session up, and begins its next task. */
  const write = (processId: string): string =>
    test.change((work) => {
      work.claimRun(work.launch ?? -1, processId);
      return work.beginNext()?.task.task_id ?? '';
    });
  const noteCrash = (processId: string): void => {
    test.change((work) => {
      work.noteCrash(processId);
    });
  };
  const crash = (processId: string): void => {
    write(processId);
    noteCrash(processId);
  };
  const status = (): string => test.state.session.status;

  it('goes on after two such ends', () => {
    crash('one');
    crash('two');

    expect(status()).toBe('running');
  });

  it('waits for a person after three, and says why', () => {
    crash('one');
    crash('two');
    crash('three');

    expect(test.state.session).toEqual(
      jasmine.objectContaining({ status: 'paused', error_code: 'server_ended' }),
    );
    expect(test.state.tasks.map(({ status }) => status)).toEqual(['pending', 'pending']);
  });

  it('is ended where it was taken up meanwhile', () => {
    write('one');
    write('two');
    write('three');
    write('four');
    const { run } = test.state.session;
    noteCrash('one');
    noteCrash('two');
    noteCrash('three');

    expect(status()).toBe('paused');
    expect(test.state.session.run).toBeGreaterThan(run);
    expect(test.changes.endsRun).toBeTrue();
  });

  it('goes on when a person says so, and may fail as often again', () => {
    crash('one');
    crash('two');
    crash('three');
    test.change((work) => {
      work.resume();
    });
    const { error, error_code: code } = test.state.session;
    crash('four');
    crash('five');

    expect([error, code]).toEqual([null, null]);
    expect(status()).toBe('running');
  });

  it('counts no process that was ended by a signal, however many', () => {
    for (const processId of ['a', 'b', 'c', 'd', 'e']) {
      write(processId);
    }

    expect(status()).toBe('running');
  });

  it('counts on over an end by a signal in between', () => {
    crash('one');
    write('killed');
    crash('two');
    crash('three');

    expect(status()).toBe('paused');
  });

  it('counts anew once a task of it was finished', () => {
    crash('one');
    crash('two');
    const taskId = write('three');
    test.change((work) => work.finish(taskId, OUTCOME));
    test.change((work) => work.beginNext());
    noteCrash('three');

    expect(status()).toBe('running');
    expect(test.state.session.crashes).toBe(1);
  });

  it('counts anew once an attempt at its task has failed as attempts do', () => {
    crash('one');
    crash('two');
    const taskId = write('three');
    const failure = {
      error: 'x',
      code: 'author_failed',
      mayTryAgain: true,
      seconds: 1,
      spent: { calls: 1, promptTokens: 0, completionTokens: 0 },
    } as const;
    test.change((work) => work.fail(taskId, failure));
    test.change((work) => work.beginNext());
    noteCrash('three');

    expect(status()).toBe('running');
  });

  it('counts anew once a process that ended in peace kept what it had written', () => {
    crash('one');
    crash('two');
    const taskId = write('three');
    test.change((work) => work.interrupt(taskId, 'It was night.'));
    write('four');
    noteCrash('four');

    expect(status()).toBe('running');
  });

  it('counts no process that ended between two of its tasks', () => {
    crash('one');
    crash('two');
    const taskId = write('three');
    test.change((work) => work.finish(taskId, OUTCOME));
    noteCrash('three');

    expect(test.state.session.crashes).toBe(0);
  });

  it('shows nobody which processes ran it', () => {
    crash('one');
    const shown = test.change((work) => work.session);

    expect(Object.keys(shown)).not.toContain('run_by');
    expect(Object.keys(shown)).not.toContain('crashes');
  });
});

import { LocalRunQueue } from '../backends/embedded/local-run-queue';
import { LocalWritingBoard } from '../backends/embedded/local-writing-board';
import { describeOnEachBackend } from '../testing/backends';
import { NOVEL } from '../testing/sample-work';
import { ScriptedAuthor } from '../testing/scripted-author';
import { RecordedLog } from '../testing/recorded-log';
import { useStore } from '../testing/store-under-test';
import { Engine } from './engine';

describeOnEachBackend('A session that ends its server', (kind) => {
  const opened = useStore(kind);

  it('is remembered over starts of the server, and paused when it did so three times; others go on', async () => {
    const { store } = opened();
    const killer = (await store.createSession(NOVEL)).id;
    const other = (await store.createSession(NOVEL)).id;
    for (const id of [killer, other]) {
      await store.change(id, (work) => {
        work.start();
      });
    }
    for (const processId of ['one', 'two', 'three']) {
      await opened().store.change(killer, (work) => {
        work.claimRun(work.launch ?? -1, processId);
        work.beginNext();
      });
      await opened().reopen();
      const engine = new Engine({
        stores: opened().stores,
        author: new ScriptedAuthor(),
        board: new LocalWritingBoard(),
        queue: new LocalRunQueue(),
        processId: 'next',
        log: new RecordedLog(),
      });
      await engine.noteCrash(processId);
      await engine.close();
    }

    expect(await opened().store.findSession(killer)).toEqual(
      jasmine.objectContaining({ status: 'paused', error_code: 'server_ended' }),
    );
    expect((await opened().store.findSession(other)).status).toBe('running');
    expect((await opened().stores.toBeRun()).map(({ sessionId }) => sessionId)).toEqual([other]);
  });
});

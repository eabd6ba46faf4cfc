import { sessionDeleted } from '../domain/session-events';
import { RecordedLog } from '../testing/recorded-log';
import { StoredJournal } from './stored-journal';

const SOUND = { offset: 1, subject: 'session-1', json: JSON.stringify(sessionDeleted('session-1')) };

describe('StoredJournal', () => {
  it('checks the entries of a new epoch that have offsets which were found sound before', async () => {
    const log = new RecordedLog();
    let epoch = 'first';
    let json = SOUND.json;
    const journal = new StoredJournal(
      'ada',
      {
        bounds: () => Promise.resolve({ epoch, newest: 1, oldest: 1 }),
        after: () => Promise.resolve([{ ...SOUND, json }]),
        dropUpTo: () => Promise.resolve(),
      },
      log,
    );
    await journal.end();
    const before = await journal.read(0, 10);
    epoch = 'second';
    json = 'damaged';
    await journal.end();

    expect([before, await journal.read(0, 10)]).toEqual([[SOUND], []]);
    expect(log.errors).toHaveSize(1);
  });
});

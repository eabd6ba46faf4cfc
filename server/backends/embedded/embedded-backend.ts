import type { Backend } from '../../ports/backend';
import { LocalRunQueue } from './local-run-queue';
import { LocalWritingBoard } from './local-writing-board';
import { openSqlStores } from './open-sql-stores';
import type { StoresOptions } from '../stores-options';

/**
 * All in this process, and in one directory.
 *
 * @throws StartupError when the directory cannot be written to or used, or its database is damaged.
 */
export function openEmbedded(dataDir: string, options: StoresOptions = {}): Backend {
  const stores = openSqlStores(dataDir, options);
  return {
    stores,
    board: new LocalWritingBoard(),
    queue: new LocalRunQueue(),
    close: () => stores.close(),
  };
}

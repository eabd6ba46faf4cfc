import { makeScratchDirectory, removeScratchDirectory } from './scratch-directory';

/** A fresh directory for each spec of the suite that calls this, removed after it. */
export function useTemporaryDirectory(): () => string {
  let directory = '';
  beforeEach(() => {
    directory = makeScratchDirectory();
  });
  afterEach(() => {
    removeScratchDirectory(directory);
  });
  return () => directory;
}

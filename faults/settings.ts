/** Determines every schedule of faults; the same seed gives the same one. */
export const SEED = Number(process.env['FAULTS_SEED'] ?? 1);

/** Whether only a part is run, short enough for every test run. */
export const SHORT = process.env['FAULTS_SHORT'] === '1';

import * as v from 'valibot';

/** The part of the open files that connections may take: databases, files and language models have the rest. */
const SHARE_OF_CONNECTIONS = 0.75;

const Report = v.object({
  userLimits: v.object({ open_files: v.object({ soft: v.union([v.number(), v.literal('unlimited')]) }) }),
});

/**
 * How many connections the server can have, by what the system lets the process open (`ulimit -n`); undefined
 * where there is no limit.
 */
export function mostConnections(report: object = process.report.getReport()): number | undefined {
  const parsed = v.safeParse(Report, report);
  const files = parsed.success ? parsed.output.userLimits.open_files.soft : 'unlimited';
  return files === 'unlimited' ? undefined : Math.floor(files * SHARE_OF_CONNECTIONS);
}

/** Files a server keeps open besides its connections, with some to spare. */
const BESIDES = 500;

/** @throws Error that says what to do where the system allows a process too few connections */
export function mustAllowConnections(count: number): void {
  const { userLimits }: { userLimits?: { open_files: { hard: number | 'unlimited' } } } = JSON.parse(
    JSON.stringify(process.report.getReport()),
  );
  const limit = userLimits?.open_files.hard;
  // Node itself asks for as many as the system allows when it starts.
  if (typeof limit === 'number' && limit < count + BESIDES) {
    throw new Error(
      `A process may open ${limit} files here, and the benchmark needs ${count + BESIDES}: ` +
        'raise the limit (ulimit -Hn, or nofile in /etc/security/limits.conf) and run it again.',
    );
  }
}

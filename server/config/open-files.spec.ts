import { mostConnections } from './open-files';

describe('mostConnections', () => {
  const reportOf = (soft: unknown): object => ({ userLimits: { open_files: { soft, hard: 4096 } } });

  it('leaves a quarter of what may be open to files and other connections', () => {
    expect(mostConnections(reportOf(256))).toBe(192);
  });

  for (const [what, report] of [
    ['may open any number', reportOf('unlimited')],
    ['is on a system that does not say', {}],
  ] as const) {
    it(`knows no limit where the process ${what}`, () => {
      expect(mostConnections(report)).toBeUndefined();
    });
  }

  it('reads what the system says of this process', () => {
    expect(mostConnections()).toEqual(mostConnections(process.report.getReport()));
  });
});

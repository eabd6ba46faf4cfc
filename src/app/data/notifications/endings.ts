/**
 * Tells the news from what is said again: the same ending of the same thing counts once, until it was seen in another
 * status in between.
 */
export class Endings {
  private readonly lastStatus = new Map<string, string>();

  /**
   * Whether a thing has only now come to this status.
   *
   * @param knownBefore its status as known from elsewhere; asked for if it was never seen here
   */
  isNews(id: string, status: string, knownBefore: () => string | undefined): boolean {
    const before = this.lastStatus.get(id) ?? knownBefore();
    this.see(id, status);
    return before !== status;
  }

  see(id: string, status: string): void {
    this.lastStatus.set(id, status);
  }

  forget(): void {
    this.lastStatus.clear();
  }
}

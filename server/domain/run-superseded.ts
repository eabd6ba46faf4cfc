/** A run tried to go on with a session that another run has taken over, or that was told to stop running. */
export class RunSuperseded extends Error {
  override readonly name = 'RunSuperseded';

  constructor(sessionId: string) {
    super(`Another run has session ${sessionId} now, or none may have it.`);
  }
}

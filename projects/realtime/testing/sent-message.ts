import type { RealtimeMessage, Refusal } from '@creative-autogpt/realtime';
import { describeMessage } from './descriptions';
import type { TestConnection } from './test-connection';

/** A message that the client sent. */
export class SentMessage {
  constructor(
    /** The message as it was on the wire. */
    readonly message: RealtimeMessage,
    /** The connection it was sent over. */
    readonly connection: TestConnection,
  ) {}

  /**
   * Answers a request with `ack`: it was done.
   *
   * @throws Error when the message has no id, or its connection is no longer open.
   */
  acknowledge(): void {
    this.#answer({ ok: true });
  }

  /**
   * Answers a request with `ack`: it was not done.
   *
   * ```ts
   * controller.expectSent('start').refuse({ code: 'invalid_state', message: 'It is running.' });
   * ```
   *
   * @throws Error when the message has no id, or its connection is no longer open.
   */
  refuse(error: Refusal): void {
    this.#answer({ ok: false, error });
  }

  #answer(outcome: Readonly<Record<string, unknown>>): void {
    const { id } = this.message;
    if (id === undefined) {
      throw new Error(
        `${describeMessage(this.message)} has no id, so there is nothing to acknowledge. ` +
          'Requests are sent by RealtimeOutbox.request().',
      );
    }
    this.connection.emit({ event: 'ack', data: { id, ...outcome } });
  }
}

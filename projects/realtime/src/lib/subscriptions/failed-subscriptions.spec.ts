import { connectedClient } from '../../spec-support/client';
import { lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { endTurn, keep, reconnect, roomFeatures, said, subscriptionTo } from '../../spec-support/rooms';

describe('withSubscriptions, where a subscription fails', () => {
  useFakeBrowser();

  describe('a refusal', () => {
    const refuse = (id: unknown): void =>
      lastSocket().emit({
        event: 'ack',
        data: { id, ok: false, error: { code: 'unknown_room', message: 'There is no such room.' } },
      });
    const REFUSED = jasmine.objectContaining({
      code: 'subscription-refused',
      serverCode: 'unknown_room',
      message: 'There is no such room.',
    });

    it('reaches everybody who subscribed to the topic, and nobody else', () => {
      connectedClient({}, roomFeatures());
      const [first, second, other]: [unknown[], unknown[], unknown[]] = [[], [], []];
      keep({ room: 'a' }, first);
      keep({ room: 'a' }, second);
      keep({ room: 'b' }, other);
      refuse(subscriptionTo('a')?.['id']);

      expect([first, second, other]).toEqual([[REFUSED], [REFUSED], []]);
    });

    it('is neither taken back nor said again', () => {
      connectedClient({}, roomFeatures());
      keep({ room: 'a' });
      refuse(subscriptionTo('a')?.['id']);
      endTurn();
      expect(said()).toEqual(['subscribe a']);

      reconnect();
      expect(said()).toEqual([]);
    });

    it('is told by servers that repeat the id in an error', () => {
      connectedClient({}, roomFeatures());
      const outcomes: unknown[] = [];
      keep({ room: 'a' }, outcomes);
      lastSocket().emit({
        event: 'error',
        data: { id: subscriptionTo('a')?.['id'], code: 'unknown_room', message: 'There is no such room.' },
      });

      expect(outcomes).toEqual([REFUSED]);
    });

    it('ends what was asked for, not what is asked for anew', () => {
      connectedClient({}, roomFeatures());
      const outcomes: unknown[] = [];
      keep({ room: 'a' }).unsubscribe();
      const before = subscriptionTo('a')?.['id'];
      endTurn();
      keep({ room: 'a' }, outcomes);
      refuse(before);

      expect(outcomes).toEqual([]);
      expect(said()).toEqual(['subscribe a', 'unsubscribe a', 'subscribe a']);
    });

    it('of other messages is none', () => {
      connectedClient({}, roomFeatures());
      const outcomes: unknown[] = [];
      keep({ room: 'a' }, outcomes);
      refuse('another');
      refuse(undefined);
      lastSocket().emit({ event: 'error', data: { code: 'internal', message: 'Failed.' } });
      lastSocket().emit({ event: 'ack', data: { id: subscriptionTo('a')?.['id'], ok: true } });

      expect(outcomes).toEqual([]);
    });
  });

  describe('what cannot be said', () => {
    it('ends the subscription when the subscribe function throws', () => {
      const cause = new Error('no');
      connectedClient(
        {},
        roomFeatures({
          subscribe: () => {
            throw cause;
          },
        }),
      );
      const outcomes: unknown[] = [];
      keep({ room: 'a' }, outcomes);

      expect(outcomes).toEqual([jasmine.objectContaining({ code: 'handler-failed', cause })]);
    });

    it('ends the subscription when its message cannot be written', () => {
      connectedClient({}, roomFeatures({ subscribe: () => ({ event: 'subscribe', big: 1n }) }));
      const outcomes: unknown[] = [];
      keep({ room: 'a' }, outcomes);

      expect(outcomes).toEqual([jasmine.objectContaining({ code: 'unserializable-message' })]);
    });

    it('is reported when the unsubscribe function throws', () => {
      const realtime = connectedClient(
        {},
        roomFeatures({
          unsubscribe: () => {
            throw new Error('no');
          },
        }),
      );
      const codes: string[] = [];
      realtime.errors.subscribe(({ code }) => codes.push(code));
      keep({ room: 'a' }).unsubscribe();
      endTurn();

      expect(codes).toEqual(['handler-failed']);
    });
  });
});

import { ChangeDetectionStrategy, Component } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import * as v from 'valibot';
import { FakeWebSocket, lastSocket, useFakeBrowser } from '../../spec-support/fake-web-socket';
import { defineEvent } from '../events/event-definition';
import { HandlerRegistry } from '../events/handler-registry';
import { provideRealtime } from '../provide-realtime';
import { RealtimeService } from '../realtime-service';
import { defineHandlers, type RealtimeHandlers } from './define-handlers';

const named = defineEvent('named', v.looseObject({ event: v.literal('named'), name: v.string() }));
const plain = defineEvent('plain');
const events = { onNamed: named, onPlain: plain };
const injectHandlers = defineHandlers(events);

describe('handlers made by defineHandlers', () => {
  useFakeBrowser();

  function createComponentWith(handlers: RealtimeHandlers<typeof events>) {
    @Component({ template: '', changeDetection: ChangeDetectionStrategy.OnPush })
    class Host {
      constructor() {
        injectHandlers(handlers);
      }
    }
    return TestBed.createComponent(Host);
  }

  beforeEach(() => {
    TestBed.configureTestingModule({ providers: [provideRealtime({ url: 'ws://server.test/' })] });
  });

  it('connect by themselves', () => {
    createComponentWith({});

    expect(FakeWebSocket.sockets.length).toBe(1);
  });

  it('do not connect when autoConnect is off', () => {
    createComponentWith({ autoConnect: false });

    expect(FakeWebSocket.sockets.length).toBe(0);
  });

  it('do not undo an explicit disconnect', () => {
    TestBed.inject(RealtimeService).disconnect();

    createComponentWith({});

    expect(FakeWebSocket.sockets.length).toBe(0);
  });

  it('do not connect again once the server has refused', () => {
    createComponentWith({});
    lastSocket().accept().endWith(4403);

    createComponentWith({});

    expect(FakeWebSocket.sockets.length).toBe(1);
    expect(TestBed.inject(RealtimeService).status()).toBe('error');
  });

  it('receive the messages of their events, typed', () => {
    const names: string[] = [];
    createComponentWith({ onNamed: ({ name }) => names.push(name) });
    lastSocket().accept();

    lastSocket().emit({ event: 'named', name: 'Ada' });
    lastSocket().emit({ event: 'plain' });

    expect(names).toEqual(['Ada']);
  });

  it('receive every message through onMessage', () => {
    const seen: string[] = [];
    createComponentWith({ onMessage: ({ event }) => seen.push(event) });
    lastSocket().accept();

    lastSocket().emit({ event: 'named', name: 'Ada' });
    lastSocket().emit({ event: 'nobody knows' });

    expect(seen).toEqual(['named', 'nobody knows']);
  });

  it('are unsubscribed when their component is destroyed', () => {
    const onPlain = jasmine.createSpy('onPlain');
    const onMessage = jasmine.createSpy('onMessage');
    const fixture = createComponentWith({ onPlain, onMessage });
    lastSocket().accept();

    fixture.destroy();
    lastSocket().emit({ event: 'plain' });

    expect(onPlain).not.toHaveBeenCalled();
    expect(onMessage).not.toHaveBeenCalled();
  });

  it('are not what every object has under the name of an event', () => {
    const injectOdd = defineHandlers({ isPrototypeOf: plain, onNamed: named });
    const registered = spyOn(TestBed.inject(HandlerRegistry), 'subscribe').and.callThrough();
    TestBed.runInInjectionContext(() => injectOdd({ onNamed: () => undefined }));

    expect(registered.calls.allArgs().map(([event]) => event.name)).toEqual(['named']);
  });

  it('must be called in an injection context', () => {
    expect(() => {
      injectHandlers({});
    }).toThrowError(/NG0203/);
  });
});

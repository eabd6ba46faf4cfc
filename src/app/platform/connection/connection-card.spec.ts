import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { TranslocoTestingModule } from '@jsverse/transloco';
import { RealtimeService } from '@creative-autogpt/realtime';
import { zh } from '../i18n/zh';
import { LiveTesting } from '../../testing/live-testing';
import { ConnectionCard } from './connection-card';
import { ConnectionStore } from './connection-store';

/** No attempt in the background comes later than this after the one before, in milliseconds. */
const LONGEST_BACKGROUND_DELAY = 36_000;

describe('ConnectionCard', () => {
  let live: LiveTesting;
  let fixture: ComponentFixture<ConnectionCard>;

  const host = (): HTMLElement => {
    fixture.detectChanges();
    const element: unknown = fixture.nativeElement;
    if (!(element instanceof HTMLElement)) {
      throw new Error('The card has no element.');
    }
    return element;
  };
  const kind = () => host().querySelector('[data-kind]')?.getAttribute('data-kind') ?? null;
  const words = () =>
    Array.from(host().querySelectorAll('p, button'), (each) => each.textContent.trim()).join(' ');
  const button = () => host().querySelector('button');

  beforeEach(() => {
    live = new LiveTesting();
    TestBed.configureTestingModule({
      imports: [
        TranslocoTestingModule.forRoot({
          langs: { zh },
          translocoConfig: { availableLangs: ['zh'], defaultLang: 'zh' },
          preloadLangs: true,
        }),
      ],
      providers: live.providers,
    });
    TestBed.inject(RealtimeService).connect();
    fixture = TestBed.createComponent(ConnectionCard);
  });

  beforeEach(() => {
    // Neither early nor late: an attempt that is not answered would time out before the spec answers it.
    spyOn(Math, 'random').and.returnValue(1);
  });

  /** Loses the connection, and every attempt to have it back. */
  const loseForGood = (): void => {
    live.socket.expectConnection().refuse();
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      live.socket.advance(10_000);
      live.socket.expectConnection().refuse();
    }
  };

  it('says while connecting that it connects', () => {
    expect([kind(), words()]).toEqual(['connecting', '正在连接...']);
  });

  it('disappears once connected', () => {
    live.socket.expectConnection().accept();

    expect([kind(), words()]).toEqual([null, '']);
  });

  it('counts the attempts to reconnect from 1', () => {
    live.socket.expectConnection().accept().drop();
    expect([kind(), words()]).toEqual(['disconnected', '已断开连接 重连中 (1/5)']);
    live.socket.advance(10_000);
    live.socket.expectConnection().refuse();

    expect(words()).toBe('已断开连接 重连中 (2/5)');
  });

  it('disappears when a reconnection succeeds', () => {
    live.socket.expectConnection().accept().drop();
    live.socket.advance(10_000);
    live.socket.expectConnection().accept();

    expect(kind()).toBeNull();
  });

  it('offers to try again once every attempt has failed', () => {
    loseForGood();
    expect([kind(), words()]).toEqual(['error', '连接错误 重试']);
    button()?.click();

    expect(kind()).toBe('connecting');
  });

  it('keeps its words and its button while the client tries in the background', () => {
    loseForGood();
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      live.socket.advance(LONGEST_BACKGROUND_DELAY);
      expect([kind(), words()]).toEqual(['error', '连接错误 重试']);
      live.socket.expectConnection().refuse();
      expect([kind(), words()]).toEqual(['error', '连接错误 重试']);
    }
  });

  it('disappears by itself when the server is back after every attempt has failed', () => {
    loseForGood();
    live.socket.advance(LONGEST_BACKGROUND_DELAY);
    live.socket.expectConnection().accept();

    expect(kind()).toBeNull();
  });

  it('offers to connect after an explicit disconnect', () => {
    live.socket.expectConnection().accept();
    TestBed.inject(RealtimeService).disconnect();
    expect([kind(), words()]).toEqual(['disconnected', '已断开连接 连接']);
    button()?.click();

    expect(kind()).toBe('connecting');
  });

  it('is announced politely', () => {
    expect([host().getAttribute('role'), host().getAttribute('aria-live')]).toEqual(['status', 'polite']);
  });

  it('tells pages the same through its store', () => {
    live.socket.expectConnection().accept().drop();
    const store = TestBed.inject(ConnectionStore);

    expect([store.status(), store.attempt(), store.maxAttempts, store.lastError()?.closeCode]).toEqual([
      'disconnected',
      1,
      5,
      1006,
    ]);
  });
});

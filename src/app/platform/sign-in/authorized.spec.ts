import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { RUNTIME_CONFIG } from '../config/runtime-config';
import { authorized } from './authorized';
import { KeptToken } from './kept-token';
import { SignIn } from './sign-in';

describe('authorized', () => {
  let refused: (string | null)[];

  const setUp = (restUrl: string): void => {
    refused = [];
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(withInterceptors([authorized])),
        provideHttpClientTesting(),
        { provide: RUNTIME_CONFIG, useValue: { websocketUrl: 'ws://api.test', restUrl } },
        { provide: SignIn, useValue: { refuse: (token: string | null) => refused.push(token) } },
      ],
    });
    TestBed.inject(KeptToken).follow('a');
  };
  const ask = (url: string, headers = {}) => {
    TestBed.inject(HttpClient)
      .get(url, { headers })
      .subscribe({ error: () => undefined });
    return TestBed.inject(HttpTestingController).expectOne(url);
  };
  const saidTo = (url: string): string | null => ask(url).request.headers.get('Authorization');

  it('says to the server who asks', () => {
    setUp('https://api.test/v1');

    expect(saidTo('https://api.test/v1/overview')).toBe('Bearer a');
  });

  it('says it to the origin of the page where that is the server', () => {
    setUp('');

    expect(saidTo('/overview')).toBe('Bearer a');
  });

  for (const url of [
    'https://other.test/v1/overview',
    'https://api.test/v2/overview',
    'https://api.test/v1.evil/overview',
    'https://api.test/v1/../v2/overview',
    'https://api.test.evil/v1/overview',
    '/config.json',
  ]) {
    it(`says nothing to ${url}`, () => {
      setUp('https://api.test/v1');

      expect(saidTo(url)).toBeNull();
    });
  }

  it('says nothing of another origin where the server is that of the page', () => {
    setUp('');

    expect(saidTo('//other.test/overview')).toBeNull();
  });

  it('tells which token was refused', () => {
    setUp('');
    ask('/overview').flush({ detail: 'no' }, { status: 401, statusText: 'Unauthorized' });

    expect(refused).toEqual(['a']);
  });

  it('tells nothing of other failures', () => {
    setUp('');
    ask('/overview').flush({ detail: 'no' }, { status: 409, statusText: 'Conflict' });

    expect(refused).toEqual([]);
  });

  it('leaves a request alone that says itself who asks', () => {
    setUp('');
    const request = ask('/overview', { Authorization: 'Bearer b' });
    request.flush({ detail: 'no' }, { status: 401, statusText: 'Unauthorized' });

    expect([request.request.headers.get('Authorization'), refused]).toEqual(['Bearer b', []]);
  });
});

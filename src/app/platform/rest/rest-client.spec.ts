import { provideHttpClient } from '@angular/common/http';
import {
  HttpTestingController,
  provideHttpClientTesting,
  type TestRequest,
} from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import * as v from 'valibot';
import { provideAppRealtime } from '../../data/realtime/provide-app-realtime';
import { atPosition } from '@creative-autogpt/realtime';
import { provideRealtimeTesting } from '@creative-autogpt/realtime/testing';
import { RUNTIME_CONFIG } from '../config/runtime-config';
import { answerOf } from './answered';
import { RestClient } from './rest-client';
import { RestFailure } from './rest-failure';

const Answer = v.object({ name: v.string() });

describe('RestClient', () => {
  let rest: RestClient;
  let http: HttpTestingController;

  const failureOf = (call: Promise<unknown>) =>
    call.then(
      () => fail('The call succeeded.'),
      (error: unknown) => (error instanceof RestFailure ? error : fail(error)),
    );
  const failing = (respond: (request: TestRequest) => void) => {
    const call = answerOf(rest.get('/things', Answer));
    respond(http.expectOne('https://api.test/things'));
    return failureOf(call);
  };

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideHttpClient(),
        provideHttpClientTesting(),
        provideAppRealtime(),
        provideRealtimeTesting(),
        { provide: RUNTIME_CONFIG, useValue: { websocketUrl: 'ws://api.test', restUrl: 'https://api.test' } },
      ],
    });
    rest = TestBed.inject(RestClient);
    http = TestBed.inject(HttpTestingController);
  });

  it('asks at the configured place and hands over the validated answer', async () => {
    const answer = answerOf(rest.read('/things', Answer, { page: 2, filter: undefined }));
    http.expectOne('https://api.test/things?page=2').flush({ name: 'a' });

    expect(await answer).toEqual(atPosition({ name: 'a' }, null));
  });

  it('hands over the position in the stream of events where the server tells it', async () => {
    const answer = answerOf(rest.read('/things', Answer));
    http
      .expectOne('https://api.test/things')
      .flush({ name: 'a' }, { headers: { 'Realtime-Epoch': 'e', 'Realtime-Offset': '42' } });

    expect(await answer).toEqual(atPosition({ name: 'a' }, { epoch: 'e', offset: 42 }));
  });

  for (const headers of [
    { 'Realtime-Epoch': '', 'Realtime-Offset': 'many' },
    { 'Realtime-Epoch': 'e', 'Realtime-Offset': '-1' },
    { 'Realtime-Epoch': 'e', 'Realtime-Offset': '99999999999999999999' },
  ]) {
    it(`takes ${JSON.stringify(headers)} for no position`, async () => {
      const answer = answerOf(rest.read('/things', Answer));
      http.expectOne('https://api.test/things').flush({ name: 'a' }, { headers });

      expect(await answer).toEqual(atPosition({ name: 'a' }, null));
    });
  }

  it('fails with the status and the detail of the server', async () => {
    const failure = await failing((request) =>
      request.flush({ detail: 'no such thing' }, { status: 404, statusText: 'Not Found' }),
    );

    expect(failure).toEqual(jasmine.objectContaining({ status: 404, detail: 'no such thing' }));
  });

  it('fails with the status where the server says nothing', async () => {
    const failure = await failing((request) =>
      request.flush(null, { status: 502, statusText: 'Bad Gateway' }),
    );

    expect(failure).toEqual(jasmine.objectContaining({ status: 502 }));
  });

  it('fails with status 0 when the server is not reached', async () => {
    const failure = await failing((request) => request.error(new ProgressEvent('error')));

    expect(failure).toEqual(jasmine.objectContaining({ status: 0 }));
  });

  it('fails and names the field when the answer is not what was expected', async () => {
    const failure = await failing((request) => request.flush({ name: 7 }));

    expect(failure).toEqual(
      jasmine.objectContaining({ status: 200, detail: jasmine.stringContaining('name') }),
    );
  });

  it('hands over a file with its name', async () => {
    const file = answerOf(rest.download('/things/export', { format: 'txt' }));
    http.expectOne('https://api.test/things/export').flush(new Blob(['text']), {
      headers: { 'Content-Disposition': `attachment; filename="a.txt"; filename*=UTF-8''%E6%98%9F.txt` },
    });

    expect((await file).filename).toBe('星.txt');
  });

  it('reads why a file was refused', async () => {
    const call = answerOf(rest.download('/things/export', { format: 'txt' }));
    http
      .expectOne('https://api.test/things/export')
      .flush(new Blob([JSON.stringify({ detail: 'nothing written yet' })]), {
        status: 409,
        statusText: 'Conflict',
      });

    expect(await failureOf(call)).toEqual(
      jasmine.objectContaining({ status: 409, detail: 'nothing written yet' }),
    );
  });
});

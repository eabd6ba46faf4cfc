import { firstValueFrom, type Observable } from 'rxjs';

/** Makes a REST call and resolves with its answer; rejects with its `RestFailure`. */
export function answerOf<Answer>(call: Observable<Answer>): Promise<Answer> {
  // eslint-disable-next-line rxjs-x/no-ignored-default-value -- a call emits its answer or errors
  return firstValueFrom(call);
}

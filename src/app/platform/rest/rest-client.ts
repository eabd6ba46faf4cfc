import { HttpClient, HttpErrorResponse } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import {
  catchError,
  from,
  map,
  type MonoTypeOperatorFunction,
  type Observable,
  switchMap,
  tap,
  throwError,
} from 'rxjs';
import type { GenericSchema, InferOutput } from 'valibot';
import type { Positioned } from '@creative-autogpt/realtime';
import { RUNTIME_CONFIG } from '../config/runtime-config';
import { answered, answeredAtPosition } from './answered';
import { attachmentName } from './attachment-name';
import { type RestFailure, toRestFailure, UNREACHABLE } from './rest-failure';
import { ServerReach } from './server-reach';

/** Values of a query string; those that are undefined are left out. */
export type QueryParameters = Readonly<Record<string, string | number | undefined>>;

/** A file that the server sent as an attachment. */
export interface Attachment {
  readonly blob: Blob;
  /** Null when the server named none. */
  readonly filename: string | null;
}

/**
 * The server's REST interface. Each call is made on subscription, emits its validated answer once, and errors
 * with a {@link RestFailure} only.
 */
@Injectable({ providedIn: 'root' })
export class RestClient {
  readonly #http = inject(HttpClient);
  readonly #reach = inject(ServerReach);
  readonly #baseUrl = inject(RUNTIME_CONFIG).restUrl;

  get<Schema extends GenericSchema>(path: string, schema: Schema): Observable<InferOutput<Schema>> {
    return this.read(path, schema).pipe(map(({ value }) => value));
  }

  /**
   * Asks for what events keep right from then on: with the position of the answer, where the server tells it.
   */
  read<Schema extends GenericSchema>(
    path: string,
    schema: Schema,
    parameters: QueryParameters = {},
  ): Observable<Positioned<InferOutput<Schema>>> {
    const given = Object.entries(parameters).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
    return this.#http
      .get<unknown>(this.#baseUrl + path, { params: Object.fromEntries(given), observe: 'response' })
      .pipe(answeredAtPosition(schema), this.#noticed());
  }

  post<Schema extends GenericSchema>(
    path: string,
    body: unknown,
    schema: Schema,
  ): Observable<InferOutput<Schema>> {
    return this.#http.post<unknown>(this.#baseUrl + path, body).pipe(answered(schema), this.#noticed());
  }

  patch<Schema extends GenericSchema>(
    path: string,
    body: unknown,
    schema: Schema,
  ): Observable<InferOutput<Schema>> {
    return this.#http.patch<unknown>(this.#baseUrl + path, body).pipe(answered(schema), this.#noticed());
  }

  delete<Schema extends GenericSchema>(path: string, schema: Schema): Observable<InferOutput<Schema>> {
    return this.#http.delete<unknown>(this.#baseUrl + path).pipe(answered(schema), this.#noticed());
  }

  /** Asks for a file by `POST`. */
  download(path: string, body: unknown): Observable<Attachment> {
    return this.#http.post(this.#baseUrl + path, body, { observe: 'response', responseType: 'blob' }).pipe(
      map((response) => ({
        blob: response.body ?? new Blob(),
        filename: attachmentName(response.headers.get('Content-Disposition')),
      })),
      catchError((error: unknown) =>
        from(failureOfDownload(error)).pipe(switchMap((failure) => throwError(() => failure))),
      ),
      this.#noticed(),
    );
  }

  /** Every call shows whether the server is there. */
  #noticed<Answer>(): MonoTypeOperatorFunction<Answer> {
    return tap({
      next: () => this.#reach.heard(true),
      error: (error: unknown) => this.#reach.heard(toRestFailure(error).status !== UNREACHABLE),
    });
  }
}

/** The error body of a call that expects a file is a file too. */
async function failureOfDownload(error: unknown): Promise<RestFailure> {
  const body: unknown = error instanceof HttpErrorResponse ? error.error : undefined;
  return toRestFailure(
    error,
    body instanceof Blob ? await new Response(body).json().catch(() => null) : body,
  );
}

import { HttpErrorResponse, type HttpInterceptorFn } from '@angular/common/http';
import { DOCUMENT, inject, untracked } from '@angular/core';
import { tap } from 'rxjs';
import { RUNTIME_CONFIG } from '../config/runtime-config';
import { isUnauthenticated } from '../rest/unauthenticated';
import { KeptToken } from './kept-token';
import { SignIn } from './sign-in';

const HEADER = 'Authorization';

/** Value of the header that carries a token (RFC 6750). */
export function bearer(token: string): { readonly [HEADER]: string } {
  return { [HEADER]: `Bearer ${token}` };
}

/**
 * Says to the server, and to nobody else, who asks; a request without a valid token leads to the sign-in
 * page. Requests that say it themselves are left alone.
 */
export const authorized: HttpInterceptorFn = (request, next) => {
  const isOurs = isBelow(inject(RUNTIME_CONFIG).restUrl, request.url, inject(DOCUMENT).baseURI);
  if (!isOurs || request.headers.has(HEADER)) {
    return next(request);
  }
  const signIn = inject(SignIn);
  const token = untracked(inject(KeptToken).value);
  return next(token === null ? request : request.clone({ setHeaders: bearer(token) })).pipe(
    tap({
      error: (error: unknown) => {
        if (error instanceof HttpErrorResponse && isUnauthenticated(error)) {
          signIn.refuse(token);
        }
      },
    }),
  );
};

function isBelow(restUrl: string, url: string, baseUri: string): boolean {
  return new URL(url, baseUri).href.startsWith(new URL(`${restUrl}/`, baseUri).href);
}

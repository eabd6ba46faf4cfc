/**
 * Whether an `Accept` header asks for a page rather than for data: it names `text/html`, and not
 * `application/json` with a higher weight. Browsers send this when a person goes to an address; scripts and
 * programs do not.
 */
export function prefersHtml(accept: string | undefined): boolean {
  const html = weightOf('text/html', accept);
  return html > 0 && html >= weightOf('application/json', accept);
}

/** Weight from 0 to 1 of a media type that the header names itself; 0 when it does not. */
function weightOf(mediaType: string, accept = ''): number {
  for (const range of accept.split(',')) {
    const [name = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    if (name === mediaType) {
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length);
      return weight === undefined ? 1 : Number(weight) || 0;
    }
  }
  return 0;
}

/** A language model behind an OpenAI-compatible API. */
export interface Endpoint {
  /** URL that `/chat/completions` is appended to, such as `https://api.openai.com/v1`. */
  readonly baseUrl: string;
  /** Absent for servers that ask for none. */
  readonly apiKey?: string | undefined;
  readonly model: string;
}

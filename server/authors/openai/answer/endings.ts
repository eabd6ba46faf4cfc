/** How an answer ended, as its finish reason tells. */
export type Ending =
  /** The model had said everything. */
  | 'finished'
  /** A limit of tokens cut it off: it can be gone on with. */
  | 'cut off'
  /** Prompt and answer together are more than the model takes in. */
  | 'out of context'
  /** The endpoint does not let it through. */
  | 'withheld'
  /** Something failed at the endpoint. */
  | 'failed';

/** A map, since a reason may be any word: an object has members of its own, such as `constructor`. */
const ENDINGS: ReadonlyMap<string, Ending> = new Map(
  Object.entries<Ending>({
    length: 'cut off',
    max_length: 'cut off',
    max_tokens: 'cut off',
    max_output_tokens: 'cut off',
    incomplete: 'cut off',
    model_context_window_exceeded: 'out of context',
    context_length_exceeded: 'out of context',
    content_filter: 'withheld',
    sensitive: 'withheld',
    safety: 'withheld',
    refusal: 'withheld',
    recitation: 'withheld',
    blocklist: 'withheld',
    prohibited_content: 'withheld',
    error: 'failed',
    network_error: 'failed',
    abort: 'failed',
    aborted: 'failed',
    cancelled: 'failed',
    insufficient_system_resource: 'failed',
  }),
);

/** Reasons that are not known are those of models that end by themselves: `stop`, `eos`, `end_turn`, … */
export function endingOf(finishReason: string): Ending {
  return ENDINGS.get(finishReason.toLowerCase()) ?? 'finished';
}

/**
 * Which of two readings of one thing to keep: what is known, if it changed after `answer` was read, else the
 * answer. Answers to different requests may arrive in another order than they were read in.
 */
export function laterOf<T extends { readonly updated_at: string }>(known: T | undefined, answer: T): T {
  return known && Date.parse(known.updated_at) > Date.parse(answer.updated_at) ? known : answer;
}

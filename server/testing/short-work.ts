import type { SessionGoal } from '@creative-autogpt/protocol';

/** A work of one short chapter: outline, characters, world, draft, revision, synopsis. */
export const SHORT_WORK: SessionGoal = { language: 'en', chapter_count: 1, word_count: 150 };

import { defineEvent } from '@creative-autogpt/realtime';
import * as v from 'valibot';

const Note = v.object({ id: v.string(), author: v.string(), text: v.string() });

export type Note = v.InferOutput<typeof Note>;

/** Somebody has put a note on the board. */
export const noteAdded = defineEvent('note.added', v.object({ event: v.literal('note.added'), data: Note }));

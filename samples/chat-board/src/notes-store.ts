import { withLiveEntities, withRealtimeStatus } from '@creative-autogpt/realtime/signals';
import { signalStore } from '@ngrx/signals';
import { withEntities } from '@ngrx/signals/entities';
import { type Note, noteAdded } from './note-added';

/** The notes on the board, as the server tells them, and where the connection stands. */
export const NotesStore = signalStore(
  withEntities<Note>(),
  withRealtimeStatus(),
  withLiveEntities({
    selectId: ({ id }: Note) => id,
    on: (on) => [on(noteAdded, (notes, { data }) => notes.set(data))],
  }),
);

import { AsyncPipe } from '@angular/common';
import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RealtimeService } from '@creative-autogpt/realtime';
import { RtInspector } from '@creative-autogpt/realtime/inspector';
import { noteAdded } from './note-added';
import { NotesStore } from './notes-store';

@Component({
  selector: 'app-board',
  imports: [AsyncPipe, RtInspector],
  providers: [NotesStore],
  template: `
    <h1>Chat board</h1>
    <p role="status">{{ store.status() }}</p>

    <form (submit)="add($event, text)">
      <label>Note <input #text required /></label>
      <button type="submit" [disabled]="store.status() !== 'connected'">Add</button>
    </form>

    @if (latest | async; as latest) {
      <p>Latest: {{ latest.data.text }}</p>
    }
    <ul>
      @for (note of store.entities(); track note.id) {
        <li>{{ note.author }}: {{ note.text }}</li>
      }
    </ul>

    @defer (on interaction(inspect)) {
      <rt-inspector />
    } @placeholder {
      <button type="button" #inspect>Inspect</button>
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class Board {
  readonly #realtime = inject(RealtimeService);
  protected readonly store = inject(NotesStore);
  protected readonly latest = this.#realtime.on(noteAdded);

  constructor() {
    this.#realtime.connect();
  }

  protected add(submit: Event, field: HTMLInputElement): void {
    submit.preventDefault();
    if (this.#realtime.send({ event: 'note.add', data: { text: field.value } })) {
      field.value = '';
    }
  }
}

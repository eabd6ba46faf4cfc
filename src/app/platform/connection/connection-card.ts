import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { injectTranslate } from '../i18n/translate';
import { ConnectionStore } from './connection-store';

/** A floating card that tells when the connection is not there, and what can be done; nothing while it is. */
@Component({
  selector: 'app-connection-card',
  templateUrl: './connection-card.html',
  styleUrl: './connection-card.scss',
  host: { role: 'status', 'aria-live': 'polite' },
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ConnectionCard {
  readonly #connection = inject(ConnectionStore);

  protected readonly t = injectTranslate();
  protected readonly card = this.#connection.card;

  protected retry(): void {
    this.#connection.retry();
  }
}

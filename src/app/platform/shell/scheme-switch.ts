import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import type { TextKey } from '../i18n/dictionary';
import { injectTranslate } from '../i18n/translate';
import { ColorScheme, SCHEME_CHOICES, type SchemeChoice } from '../theme/color-scheme';
import { Icon } from '../theme/icon';
import type { IconName } from '../theme/icons';

const LOOKS: Readonly<Record<SchemeChoice, { icon: IconName; name: TextKey }>> = {
  system: { icon: 'system', name: 'theme.system' },
  light: { icon: 'sun', name: 'theme.light' },
  dark: { icon: 'moon', name: 'theme.dark' },
};

/** Light, dark, or whichever the system has. */
@Component({
  selector: 'app-scheme-switch',
  imports: [Icon],
  template: `
    <fieldset>
      <legend class="visually-hidden">{{ t('theme.label') }}</legend>
      @for (choice of choices; track choice) {
        <label [title]="t(looks[choice].name)">
          <input
            class="visually-hidden"
            type="radio"
            name="color-scheme"
            [checked]="scheme.choice() === choice"
            (change)="scheme.choose(choice)"
          />
          <app-icon [name]="looks[choice].icon" />
          <span class="visually-hidden">{{ t(looks[choice].name) }}</span>
        </label>
      }
    </fieldset>
  `,
  styleUrl: './scheme-switch.scss',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class SchemeSwitch {
  protected readonly t = injectTranslate();
  protected readonly scheme = inject(ColorScheme);
  protected readonly choices = SCHEME_CHOICES;
  protected readonly looks = LOOKS;
}

import { ChangeDetectionStrategy, Component, signal, type Type } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, Subject } from 'rxjs';
import { InspectorNotLoaded } from './inspector-not-loaded';
import type { InspectorLanguage } from './inspector-texts';
import { PanelOutlet } from './panel-outlet';

/** A page whose panel is loaded when `loaded` is called. */
function pageWithOutlet() {
  const panels = new Subject<Type<unknown>>();
  const language = signal<InspectorLanguage>('en');

  @Component({
    imports: [PanelOutlet],
    template: `<ng-template [rtPanelOutlet]="load" [language]="language()" />`,
    changeDetection: ChangeDetectionStrategy.OnPush,
  })
  class Host {
    protected readonly language = language.asReadonly();
    protected readonly load = (): Promise<Type<unknown>> =>
      firstValueFrom(panels, { defaultValue: InspectorNotLoaded });
  }

  const fixture = TestBed.createComponent(Host);
  fixture.detectChanges();
  const page: unknown = fixture.nativeElement;
  return {
    fixture,
    language,
    loaded: (panel: Type<unknown>) => panels.next(panel),
    text: () => (page instanceof HTMLElement ? page.textContent : null),
  };
}

describe('PanelOutlet', () => {
  it('keeps the application unstable until the panel is there', async () => {
    const { fixture, loaded, text } = pageWithOutlet();
    expect(fixture.isStable()).toBeFalse();
    loaded(InspectorNotLoaded);
    await fixture.whenStable();

    expect(text()).toBe('The inspector could not be loaded.');
  });

  it('lends the panel its language, which may change', async () => {
    const { fixture, language, loaded, text } = pageWithOutlet();
    loaded(InspectorNotLoaded);
    await fixture.whenStable();
    language.set('zh');
    await fixture.whenStable();

    expect(text()).toBe('检查器加载失败。');
  });

  it('leaves a panel out that is loaded after its page has gone', async () => {
    const made: string[] = [];

    @Component({ template: '', changeDetection: ChangeDetectionStrategy.OnPush })
    class Late {
      constructor() {
        made.push('late');
      }
    }

    const { fixture, loaded } = pageWithOutlet();
    fixture.destroy();
    loaded(Late);
    await fixture.whenStable();

    expect(made).toEqual([]);
  });
});

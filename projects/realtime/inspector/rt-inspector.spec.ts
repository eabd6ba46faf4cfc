import { TestBed } from '@angular/core/testing';
import { setUpClient, tick } from '../src/spec-support/client';
import { lastSocket, useFakeBrowser } from '../src/spec-support/fake-web-socket';
import type { InspectorLanguage } from './panel/inspector-texts';
import { RealtimeInspector } from './realtime-inspector';
import { RtInspector } from './rt-inspector';
import { withInspector } from './with-inspector';

/** The inspector over a connected client that has received two events. */
async function shownInspector(language: InspectorLanguage = 'en') {
  const realtime = setUpClient({}, [withInspector()]);
  TestBed.inject(RealtimeInspector);
  realtime.connect();
  lastSocket().accept();
  lastSocket().emit({ event: 'task.update', data: { task_id: 't1' } });
  lastSocket().emit({ event: 'progress.update', data: { completed_tasks: 3 } });
  return show(language);
}

async function show(language: InspectorLanguage = 'en') {
  const fixture = TestBed.createComponent(RtInspector);
  fixture.componentRef.setInput('language', language);
  // The panel is a chunk of its own, which the element loads when it is shown.
  await fixture.whenStable();
  const page: unknown = fixture.nativeElement;
  if (!(page instanceof HTMLElement)) {
    throw new Error('The inspector has no element.');
  }
  const rows = () => [...page.querySelectorAll<HTMLButtonElement>('li button')];
  const act = async (change: () => void): Promise<void> => {
    change();
    tick(100);
    await fixture.whenStable();
  };
  return {
    page,
    act,
    rows,
    summaries: () => rows().map((row) => row.querySelector('.summary')?.textContent.trim()),
    button: (name: string) => named(page, 'button', name),
    field: (name: string) =>
      [...page.querySelectorAll('label')]
        .find((label) => label.textContent.includes(name))
        ?.querySelector<HTMLInputElement | HTMLSelectElement>('input, select'),
  };
}

function named(page: HTMLElement, selector: string, name: string): HTMLElement | undefined {
  return [...page.querySelectorAll<HTMLElement>(selector)].find(
    (element) => element.textContent.trim() === name,
  );
}

function choose(field: HTMLInputElement | HTMLSelectElement | null | undefined, value: string): void {
  if (field) {
    field.value = value;
    field.dispatchEvent(new Event(field instanceof HTMLSelectElement ? 'change' : 'input'));
  }
}

describe('<rt-inspector>', () => {
  useFakeBrowser();

  it('lists the records, newest first', async () => {
    const { page, summaries } = await shownInspector();

    expect(page.querySelector('section')?.getAttribute('aria-label')).toBe('Realtime inspector');
    expect(page.querySelector('[role="list"]')?.getAttribute('aria-label')).toBe('Records');
    expect(summaries()).toEqual([
      'progress.update',
      'task.update',
      'connected',
      'connect',
      'connecting',
      'disconnected',
    ]);
  });

  it('shows what arrives meanwhile, ten times a second at most', async () => {
    const { act, summaries } = await shownInspector();
    await act(() => lastSocket().emit({ event: 'session.update' }));

    expect(summaries()[0]).toBe('session.update');
  });

  it('opens the details of a record, and closes them', async () => {
    const { page, act, rows } = await shownInspector();
    await act(() => rows()[1]?.click());
    const row = rows()[1];
    const details = page.querySelector(`#${row?.getAttribute('aria-controls') ?? 'none'}`);

    expect(row?.getAttribute('aria-expanded')).toBe('true');
    expect(details?.textContent).toContain('"task_id": "t1"');
    expect(details?.getAttribute('tabindex')).toBe('0');
    await act(() => rows()[1]?.click());

    expect(page.querySelector('pre')).toBeNull();
  });

  it('keeps the details open when another record arrives', async () => {
    const { page, act, rows } = await shownInspector();
    await act(() => rows()[0]?.click());
    await act(() => lastSocket().emit({ event: 'session.update' }));

    expect(page.querySelector('pre')?.textContent).toContain('"completed_tasks": 3');
  });

  it('filters by direction and kind', async () => {
    const { act, field, summaries } = await shownInspector();
    await act(() => choose(field('Show'), 'out'));
    expect(summaries()).toEqual(['connect']);
    await act(() => choose(field('Show'), 'state'));

    expect(summaries()).toEqual(['connected', 'connecting', 'disconnected']);
  });

  it('filters by event', async () => {
    const { act, field, summaries } = await shownInspector();
    await act(() => choose(field('Event'), 'task.update'));

    expect(summaries()).toEqual(['task.update']);
  });

  it('filters by text in the details, in whatever case', async () => {
    const { act, field, summaries } = await shownInspector();
    await act(() => choose(field('Search'), 'TASK_ID'));

    expect(summaries()).toEqual(['task.update']);
  });

  it('says when no record matches', async () => {
    const { page, act, field } = await shownInspector();
    await act(() => choose(field('Search'), 'nowhere'));

    expect(page.querySelector('[role="status"]')?.textContent).toContain('No record matches');
  });

  it('pauses and goes on', async () => {
    const { act, button, summaries } = await shownInspector();
    await act(() => button('Pause')?.click());
    expect(button('Pause')?.getAttribute('aria-pressed')).toBe('true');
    await act(() => lastSocket().emit({ event: 'unseen' }));
    await act(() => button('Pause')?.click());
    await act(() => lastSocket().emit({ event: 'seen' }));

    expect(summaries().slice(0, 2)).toEqual(['seen', 'progress.update']);
  });

  it('clears', async () => {
    const { page, act, button, rows } = await shownInspector();
    await act(() => button('Clear')?.click());

    expect(rows()).toEqual([]);
    expect(page.querySelector('[role="status"]')?.textContent).toContain('Nothing recorded yet');
  });

  it('exports to a file', async () => {
    const { act, button } = await shownInspector();
    const files: Blob[] = [];
    spyOn(URL, 'createObjectURL').and.callFake((file) => {
      if (file instanceof Blob) {
        files.push(file);
      }
      return 'blob:spec';
    });
    const clicked = spyOn(HTMLAnchorElement.prototype, 'click');
    await act(() => button('Export JSON')?.click());

    expect(clicked).toHaveBeenCalledTimes(1);
    expect(await files[0]?.text()).toContain('"event": "task.update"');
  });

  it('speaks Chinese', async () => {
    const { page, button } = await shownInspector('zh');

    expect(page.querySelector('section')?.getAttribute('lang')).toBe('zh');
    expect(button('暂停')).toBeDefined();
    expect(page.querySelector('[data-kind="in"]')?.textContent).toBe('接收');
  });

  it('names every field and button', async () => {
    const { page } = await shownInspector();
    const fields = [...page.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')];

    expect(fields.every(({ labels }) => (labels?.length ?? 0) > 0)).toBeTrue();
    expect(
      [...page.querySelectorAll('button')].every((button) => button.textContent.trim() !== ''),
    ).toBeTrue();
  });

  it('says what is missing without withInspector()', async () => {
    setUpClient();
    const { page } = await show();

    expect(page.querySelector('[role="status"]')?.textContent).toContain('withInspector()');
  });
});

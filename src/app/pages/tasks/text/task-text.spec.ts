import { TestBed } from '@angular/core/testing';
import * as fc from 'fast-check';
import { TaskText } from './task-text';

describe('TaskText', () => {
  const show = () => {
    const fixture = TestBed.createComponent(TaskText);
    const element: unknown = fixture.nativeElement;
    if (!(element instanceof HTMLElement)) {
      throw new Error('A component has an element.');
    }
    return (text: string): HTMLElement => {
      fixture.componentRef.setInput('text', text);
      TestBed.tick();
      return element;
    };
  };

  it('shows HTML of a text as text', () => {
    const element = show()('<img src=x onerror=alert(1)> and <b>bold</b>');

    expect(element.textContent.trim()).toBe('<img src=x onerror=alert(1)> and <b>bold</b>');
    expect(element.querySelector('img, b')).toBeNull();
  });

  it('shows a text that cannot be read as Markdown in place of the text before', () => {
    const showText = show();
    showText('The text of another task.');

    const element = showText('- '.repeat(1_200) + 'x');

    expect(element.textContent.trim()).toBe('- '.repeat(1_200) + 'x');
  });

  it('shows any text in place of the one before', () => {
    const showText = show();
    const part = fc.constantFrom(
      ...[
        'word',
        '<',
        '>',
        '</p>',
        '<svg>',
        '<template>',
        '&lt;',
        '[',
        '](javascript:a)',
        '](https://a.b "',
        '"',
        "'",
      ],
      ...['> ', '- ', '*', '`', '\n', '\n\n', '|', '\n|-|\n', '\u202e', '\udc00', '\0'],
    );

    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), fc.nat(), (parts, number) => {
        const element = showText(`${parts.join('')}\n\nEnd ${String(number)}.`);
        expect(element.textContent).toContain(`End ${String(number)}.`);
        expect(element.querySelector('script, svg, template, img, [href^="javascript" i]')).toBeNull();
      }),
      { seed: 20261128, numRuns: 300 },
    );
  });
});

import { ChangeDetectionStrategy, Component, signal } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { FollowTail } from './follow-tail';

@Component({
  selector: 'app-reader',
  imports: [FollowTail],
  template: `
    <div
      #tail="followTail"
      class="scroller"
      [appFollowTail]="taskId()"
      [growing]="growing()"
      (followingChange)="told.push($event)"
    >
      <p [style.height.px]="height()"></p>
    </div>
    <button type="button" (click)="tail.resume()">{{ tail.following() }}</button>
  `,
  styles: `
    .scroller {
      height: 100px;
      overflow: auto;
    }

    p {
      margin: 0;
    }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Reader {
  readonly taskId = signal('t1');
  readonly growing = signal(true);
  readonly height = signal(400);
  readonly told: boolean[] = [];
}

describe('FollowTail', () => {
  let fixture: ComponentFixture<Reader>;

  const find = (selector: string): HTMLElement => {
    const element = document.querySelector<HTMLElement>(selector);
    if (element === null) {
      throw new Error(`There is no ${selector}.`);
    }
    return element;
  };
  const top = (): number => find('.scroller').scrollTop;
  const nextFrame = async (): Promise<void> => {
    await fixture.whenStable();
    // Resize observers are told after the layout of a frame, scroll events before that of the next.
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    await fixture.whenStable();
  };
  const grow = async (height: number): Promise<void> => {
    fixture.componentInstance.height.set(height);
    await nextFrame();
  };
  const scrollTo = async (position: number): Promise<void> => {
    find('.scroller').scrollTop = position;
    await nextFrame();
  };

  beforeEach(async () => {
    fixture = TestBed.createComponent(Reader);
    await nextFrame();
  });

  it('keeps the end in view while the text grows', async () => {
    await grow(900);

    expect(top()).toBe(800);
  });

  it('stays where the reader scrolled up to', async () => {
    await scrollTo(50);
    await grow(900);

    expect(top()).toBe(50);
    expect(find('button').innerText).toBe('false');
  });

  it('goes on when the reader scrolls back to the end', async () => {
    await scrollTo(50);
    await scrollTo(300);
    await grow(900);

    expect(top()).toBe(800);
  });

  it('goes on when asked to', async () => {
    await scrollTo(50);
    find('button').click();
    await grow(900);

    expect(top()).toBe(800);
  });

  it('tells once that the reader left the end, and once that they came back', async () => {
    await scrollTo(150);
    await scrollTo(50);
    await scrollTo(300);

    expect(fixture.componentInstance.told).toEqual([false, true]);
  });

  it('begins another text at its beginning when that one is finished', async () => {
    fixture.componentInstance.growing.set(false);
    fixture.componentInstance.taskId.set('t2');
    await grow(900);

    expect(top()).toBe(0);
  });
});

import type { Locator } from '@playwright/test';

type ColourName = 'red' | 'orange' | 'yellow' | 'green' | 'blue' | 'purple' | 'grey';

/** Where each name ends on the colour circle, in degrees. */
const ENDS: readonly (readonly [end: number, name: ColourName])[] = [
  [18, 'red'],
  [42, 'orange'],
  [70, 'yellow'],
  [165, 'green'],
  [260, 'blue'],
  [330, 'purple'],
  [360, 'red'],
];

/**
 * What a person would call an element's border colour, whatever notation the browser computes it in.
 */
export async function borderColour(element: Locator): Promise<ColourName> {
  const [red, green, blue] = await element.evaluate((node) => {
    const canvas = document.createElement('canvas').getContext('2d');
    if (canvas === null) throw new Error('This browser cannot draw.');
    canvas.fillStyle = getComputedStyle(node).borderTopColor;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  });
  return nameOf(red ?? 0, green ?? 0, blue ?? 0);
}

/** Names a colour by its hue; components from 0 to 255. */
function nameOf(red: number, green: number, blue: number): ColourName {
  const highest = Math.max(red, green, blue);
  const range = highest - Math.min(red, green, blue);
  if (range < 20) return 'grey';
  const sextant =
    highest === red
      ? (green - blue) / range
      : highest === green
        ? 2 + (blue - red) / range
        : 4 + (red - green) / range;
  const degrees = (sextant * 60 + 360) % 360;
  return ENDS.find(([end]) => degrees <= end)?.[1] ?? 'red';
}

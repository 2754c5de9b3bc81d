import { createHash } from 'node:crypto';

export const WIDTH = 640;
export const HEIGHT = 360;

type Colours = readonly string[];

/** The colours of one picture: a sky from top to horizon, a sun or moon, layers from far to near, and accents. */
export interface Palette {
  readonly sky: readonly [string, string];
  readonly light: string;
  readonly layers: Colours;
  readonly accents: Colours;
}

export type Point = readonly [x: number, y: number];

/** Draws one picture; what it draws at random is always the same for the same seed. */
export interface Pen {
  readonly palette: Palette;
  readonly between: (least: number, most: number) => number;
  readonly whole: (least: number, most: number) => number;
  readonly pick: <T>(choices: readonly T[]) => T;
  readonly layer: (index: number) => string;
  readonly accent: () => string;
}

/** Coordinates with one decimal: enough for the eye, and light to send. */
export function at(value: number): string {
  return String(Math.round(value * 10) / 10);
}

export function rectangle(x: number, y: number, width: number, height: number, fill: string, radius = 0): string {
  const corners = radius > 0 ? ` rx="${at(radius)}"` : '';
  return `<rect x="${at(x)}" y="${at(y)}" width="${at(width)}" height="${at(height)}"${corners} fill="${fill}"/>`;
}

export function circle(x: number, y: number, radius: number, fill: string, more = ''): string {
  return `<circle cx="${at(x)}" cy="${at(y)}" r="${at(radius)}" fill="${fill}"${more}/>`;
}

export function polygon(points: readonly Point[], fill: string): string {
  return `<polygon points="${points.map(([x, y]) => `${at(x)},${at(y)}`).join(' ')}" fill="${fill}"/>`;
}

export function shape(path: string, fill: string, more = ''): string {
  return `<path d="${path}" fill="${fill}"${more}/>`;
}

export function stroke(path: string, colour: string, width: number): string {
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${at(width)}" stroke-linecap="round"/>`;
}

/** The ground below a soft line through these heights, evenly spread over the width. */
export function ground(heights: readonly number[], fill: string): string {
  const step = WIDTH / (heights.length - 1);
  const curves = heights.slice(1).map((height, index) => {
    const before = heights[index] ?? height;
    const middle = (index + 0.5) * step;
    return `C${at(middle)},${at(before)} ${at(middle)},${at(height)} ${at((index + 1) * step)},${at(height)}`;
  });
  return shape(`M0,${at(heights[0] ?? HEIGHT)}${curves.join('')}V${HEIGHT}H0Z`, fill);
}

/** A stream of bytes as long as needed, the same for the same seed, without two seeds sharing it. */
function* bytesOf(seed: string): Generator<number, never> {
  for (let block = 0; ; block++)
    yield* new Uint32Array(createHash('sha256').update(`${seed}#${block}`).digest().buffer);
}

export function penFor(seed: string, palettes: readonly [Palette, ...Palette[]]): Pen {
  const numbers = bytesOf(seed);
  const random = (): number => numbers.next().value / 2 ** 32;
  const pick = <T>(choices: readonly T[]): T => {
    const choice = choices[Math.floor(random() * choices.length)];
    if (choice === undefined) throw new RangeError('There is nothing to pick from.');
    return choice;
  };
  const palette = pick(palettes);
  return {
    palette,
    pick,
    between: (least, most) => least + random() * (most - least),
    whole: (least, most) => Math.floor(least + random() * (most - least + 1)),
    layer: (index) => palette.layers[index % palette.layers.length] ?? palette.light,
    accent: () => pick(palette.accents),
  };
}

import { HEIGHT, WIDTH, at, circle, penFor, type Palette, type Pen } from './pen.js';
import { bridge, fields, hills, kites, market, park, skyline, tiles } from './cover-scenes.js';

const PALETTES: readonly [Palette, ...Palette[]] = [
  {
    sky: ['#8fd3e8', '#e9f6ee'],
    light: '#ffe08a',
    layers: ['#9cc5a1', '#5fa37c', '#33795f', '#1c5049'],
    accents: ['#ef6f53', '#f6c344', '#ffffff', '#2f6f9f'],
  },
  {
    sky: ['#f7b267', '#fde8c9'],
    light: '#fff3d1',
    layers: ['#e58f65', '#c9604f', '#8e3b46', '#4c2a3f'],
    accents: ['#ffe9b8', '#2d8f8a', '#f25c54', '#ffffff'],
  },
  {
    sky: ['#243b6b', '#6f7fbf'],
    light: '#ffe9a8',
    layers: ['#4f5fa3', '#37477f', '#25315d', '#161d3d'],
    accents: ['#ffd166', '#ef8354', '#9ad1d4', '#ffffff'],
  },
  {
    sky: ['#bfe3ff', '#f7fbff'],
    light: '#ffd27d',
    layers: ['#8ab6d6', '#5a8db8', '#356a96', '#1f4568'],
    accents: ['#ff8a5b', '#ffffff', '#ffcf56', '#2a9d8f'],
  },
  {
    sky: ['#f6d5e5', '#fff3ec'],
    light: '#ff9f8a',
    layers: ['#dda3c0', '#b4749f', '#7c4a7d', '#472b56'],
    accents: ['#ffd6a5', '#ffffff', '#5fb3b3', '#f2668b'],
  },
  {
    sky: ['#c8e6c0', '#fbf8dc'],
    light: '#ffc857',
    layers: ['#b5cf7f', '#86a84f', '#557a3a', '#2f5230'],
    accents: ['#e4572e', '#fff6d6', '#3f88c5', '#f3a712'],
  },
  {
    sky: ['#5ab1bb', '#d5f0ea'],
    light: '#fff0a6',
    layers: ['#6fc0b0', '#3c9a94', '#21736f', '#12494b'],
    accents: ['#f76c5e', '#f5dfbb', '#ffffff', '#f9b233'],
  },
  {
    sky: ['#ffd9b8', '#fff7ea'],
    light: '#f5835f',
    layers: ['#c7c8a2', '#8fa48a', '#56786f', '#2d4d52'],
    accents: ['#d1495b', '#edae49', '#ffffff', '#00798c'],
  },
  {
    sky: ['#3f3566', '#c06c84'],
    light: '#ffdca8',
    layers: ['#8a4f7d', '#6c3f74', '#472f5f', '#2a2145'],
    accents: ['#f8b195', '#f67280', '#ffe8c2', '#7ec4cf'],
  },
  {
    sky: ['#d7dff0', '#fafaf5'],
    light: '#f6bd60',
    layers: ['#b7c0d8', '#8790b5', '#5b6390', '#343a63'],
    accents: ['#f28482', '#84a59d', '#ffffff', '#f6bd60'],
  },
  {
    sky: ['#f4e3b2', '#fdf9ec'],
    light: '#ea7317',
    layers: ['#e0b973', '#bf8f4a', '#87613a', '#4d3b2f'],
    accents: ['#2364aa', '#3da5d9', '#ffffff', '#c8553d'],
  },
  {
    sky: ['#a3e4d7', '#f2fff9'],
    light: '#ffdd67',
    layers: ['#7fc8c2', '#4fa3ac', '#2f7489', '#1f4a63'],
    accents: ['#ff6b6b', '#ffe66d', '#ffffff', '#6c5b9e'],
  },
];

const SCENES: readonly ((pen: Pen) => string)[] = [hills, skyline, bridge, park, market, fields, tiles, kites];

function drawSky({ palette, between, whole, pick }: Pen): string {
  const x = between(90, WIDTH - 90);
  const y = between(55, 135);
  const radius = between(26, 48);
  const halo = circle(x, y, radius * 1.7, palette.light, ' fill-opacity=".25"');
  const clouds = Array.from({ length: whole(0, 3) }, () => {
    const left = between(-20, WIDTH - 120);
    const top = between(24, 120);
    const size = between(14, 26);
    const puffs = [0, 1.3, 2.7].map((place, index) =>
      circle(left + place * size, top, size * (index === 1 ? 1.25 : 0.9), '#fff'),
    );
    return `<g opacity="${pick(['.45', '.6', '.3'])}">${puffs.join('')}</g>`;
  });
  return `${halo}${circle(x, y, radius, palette.light)}${clouds.join('')}`;
}

/** A flat illustration of a town or its countryside, 16:9, always the same for the same address. */
export function drawCover(address: string): string {
  const pen = penFor(address, PALETTES);
  const scene = pen.pick(SCENES);
  const [top, horizon] = pen.palette.sky;
  const sky =
    `<linearGradient id="s" x1="0" y1="0" x2="${at(pen.between(-0.3, 0.3) ** 2)}" y2="1">` +
    `<stop offset="0" stop-color="${top}"/><stop offset=".75" stop-color="${horizon}"/></linearGradient>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH * 2}" height="${HEIGHT * 2}">` +
    `<defs>${sky}</defs><rect width="${WIDTH}" height="${HEIGHT}" fill="url(#s)"/>${drawSky(pen)}${scene(pen)}</svg>\n`
  );
}

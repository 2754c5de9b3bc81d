import { HEIGHT, WIDTH, at, circle, ground, polygon, rectangle, shape, stroke, type Pen, type Point } from './pen.js';

/** Numbers from `from` to `to`, about `step` apart. */
function* along(pen: Pen, from: number, to: number, step: number): Generator<number> {
  for (let place = from; place < to; place += step * pen.between(0.7, 1.3)) yield place;
}

function heights(pen: Pen, count: number, least: number, most: number): number[] {
  return Array.from({ length: count }, () => pen.between(least, most));
}

function tree(pen: Pen, x: number, foot: number, size: number, crown: string): string {
  const trunk = rectangle(x - size * 0.06, foot - size * 0.5, size * 0.12, size * 0.5, pen.layer(3));
  if (pen.between(0, 1) < 0.4) {
    const tip: Point[] = [
      [x, foot - size * 1.3],
      [x + size * 0.32, foot - size * 0.22],
      [x - size * 0.32, foot - size * 0.22],
    ];
    return trunk + polygon(tip, crown);
  }
  const leaves = circle(x, foot - size * 0.75, size * 0.36, crown);
  return trunk + leaves + circle(x + size * 0.18, foot - size * 0.55, size * 0.24, crown);
}

function windows(pen: Pen, x: number, top: number, width: number, bottom: number, glass: string): string {
  const columns = Math.max(1, Math.floor(width / 18));
  const gap = width / columns;
  let panes = '';
  for (let y = top + 12; y < bottom - 18; y += 22) {
    for (let column = 0; column < columns; column++) {
      if (pen.between(0, 1) < 0.75) panes += rectangle(x + (column + 0.5) * gap - 4, y, 8, 11, glass, 1);
    }
  }
  return panes;
}

function house(pen: Pen, x: number, foot: number, width: number, height: number): string {
  const top = foot - height;
  const wall = pen.pick([pen.layer(0), pen.layer(1), ...pen.palette.accents]);
  const slope = width * pen.between(0.3, 0.6);
  const roof: Point[] = [
    [x - 4, top],
    [x + width / 2, top - slope],
    [x + width + 4, top],
  ];
  const glass = wall === pen.palette.light ? '#ffffff' : pen.palette.light;
  return (
    rectangle(x, top, width, height, wall) + polygon(roof, pen.layer(3)) + windows(pen, x, top, width, foot, glass)
  );
}

export function hills(pen: Pen): string {
  const far = [150, 190, 235].map((level, index) =>
    ground(heights(pen, pen.whole(4, 6), level - 22, level + 34), pen.layer(index)),
  );
  const wood = [...along(pen, 0, WIDTH, 38)].map((x) =>
    tree(pen, x, pen.between(282, 296), pen.between(30, 58), pen.layer(1)),
  );
  const meadow = ground(heights(pen, 5, 278, 292), pen.layer(3));
  const [start, end] = [pen.between(60, 260), pen.between(330, 560)];
  const village = [...along(pen, start, end, 44)].map((x) =>
    house(pen, x, 308, pen.between(28, 42), pen.between(30, 54)),
  );
  const near = [...along(pen, 10, WIDTH, 130)]
    .filter((x) => x < start - 20 || x > end + 60)
    .map((x) => tree(pen, x, pen.between(330, 354), pen.between(80, 120), pen.layer(2)));
  return [...far, ...wood, meadow, ...village, ...near].join('');
}

export function skyline(pen: Pen): string {
  const far = [...along(pen, -20, WIDTH, 46)].map((x) => {
    const height = pen.between(90, 190);
    return rectangle(x, 330 - height, pen.between(36, 58), height, pen.layer(0));
  });
  const near = [...along(pen, -12, WIDTH, 62)].map((x) =>
    house(pen, x, 334, pen.between(48, 64), pen.between(60, 135)),
  );
  const x = pen.between(120, WIDTH - 160);
  const roof: Point[] = [
    [x - 8, 120],
    [x + 24, pen.between(30, 62)],
    [x + 56, 120],
  ];
  const tower =
    rectangle(x, 120, 48, 214, pen.layer(2)) + polygon(roof, pen.accent()) + circle(x + 24, 148, 14, '#ffffff');
  const clock = stroke(`M${at(x + 24)},148v-9M${at(x + 24)},148h${at(pen.between(-7, 7))}`, pen.layer(3), 2.5);
  return `${far.join('')}${tower}${clock}${near.join('')}${rectangle(0, 330, WIDTH, 30, pen.layer(3))}`;
}

export function bridge(pen: Pen): string {
  const banks = ground(heights(pen, 5, 165, 225), pen.layer(0)) + ground(heights(pen, 5, 195, 245), pen.layer(1));
  const deck = pen.between(196, 214);
  const town = [...along(pen, 0, WIDTH, 54)].map((x) => house(pen, x, deck, pen.between(32, 48), pen.between(20, 70)));
  const water = rectangle(0, 240, WIDTH, 120, pen.layer(2));
  const arches = pen.whole(2, 4);
  const span = WIDTH / arches;
  const openings = Array.from({ length: arches }, (_, index) => {
    const left = at(index * span + 16);
    return `M${left},300A${at((span - 32) / 2)},${at(84)} 0 0 1 ${at((index + 1) * span - 16)},300Z`;
  });
  const stone = pen.pick(['#f4ead7', '#e8e4df', '#f0d9c0', '#dfe4ea']);
  const body = shape(`M0,${at(deck)}H${WIDTH}V300H0Z${openings.join('')}`, stone, ' fill-rule="evenodd"');
  const rail = rectangle(0, deck - 8, WIDTH, 12, pen.layer(3));
  const waves = [...along(pen, 8, WIDTH, 58)].map((x) =>
    stroke(`M${at(x)},${at(pen.between(308, 350))}q9,-6 18,0t18,0`, pen.palette.sky[1], 3),
  );
  return `${banks}${town.join('')}${water}${body}${rail}${waves.join('')}${boat(pen, pen.between(90, 540), 332)}`;
}

function boat(pen: Pen, x: number, y: number): string {
  const hull = shape(`M${at(x - 34)},${y - 8}h68l-12,16h-44z`, pen.accent());
  const sail: Point[] = [
    [x + 2, y - 62],
    [x + 30, y - 14],
    [x + 2, y - 14],
  ];
  return hull + rectangle(x - 2, y - 66, 3, 58, pen.layer(3)) + polygon(sail, '#ffffff');
}

export function park(pen: Pen): string {
  const lawn = ground(heights(pen, 4, 185, 225), pen.layer(0)) + ground(heights(pen, 4, 232, 262), pen.layer(1));
  const bend = pen.between(180, 460);
  const path = shape(
    `M${at(bend - 12)},236C${at(bend + 120)},268 ${at(bend - 190)},300 ${at(bend - 90)},360H${at(bend + 110)}` +
      `C${at(bend + 10)},304 ${at(bend + 190)},270 ${at(bend + 14)},236Z`,
    '#f6ecd6',
  );
  const woods = [...along(pen, -10, WIDTH, 46)].map((x) =>
    tree(pen, x, pen.between(212, 240), pen.between(60, 112), pen.layer(pen.whole(1, 2))),
  );
  const flowers = Array.from({ length: pen.whole(18, 36) }, () =>
    circle(pen.between(0, WIDTH), pen.between(285, 356), pen.between(3, 6), pen.accent()),
  );
  const x = pen.pick([bend - 190, bend + 170]);
  const bench =
    rectangle(x - 40, 280, 80, 7, pen.layer(3), 2) +
    rectangle(x - 40, 264, 80, 7, pen.layer(3), 2) +
    rectangle(x - 32, 264, 6, 38, pen.layer(3)) +
    rectangle(x + 26, 264, 6, 38, pen.layer(3));
  return `${lawn}${woods.join('')}${path}${flowers.join('')}${bench}`;
}

export function market(pen: Pen): string {
  const houses = [...along(pen, -14, WIDTH, 74)].map((x) =>
    house(pen, x, 270, pen.between(56, 72), pen.between(84, 150)),
  );
  const square = rectangle(0, 268, WIDTH, 92, pen.pick(['#f3e7d3', '#e9e3da', '#efe0cf']));
  const dip = pen.between(70, 110);
  const flags = Array.from({ length: 17 }, (_, index) => {
    const x = 20 + index * 37;
    const y = 40 + dip * (1 - ((x - WIDTH / 2) / (WIDTH / 2)) ** 2);
    return polygon(
      [
        [x, y],
        [x + 24, y],
        [x + 12, y + 26],
      ],
      pen.accent(),
    );
  });
  const rope = stroke(`M0,40Q${WIDTH / 2},${at(40 + dip * 2)} ${WIDTH},40`, pen.layer(3), 2);
  const stalls = [...along(pen, pen.between(10, 60), WIDTH - 110, 150)].map((x) =>
    stall(pen, x, pen.between(226, 240)),
  );
  return `${houses.join('')}${square}${rope}${flags.join('')}${stalls.join('')}`;
}

function stall(pen: Pen, x: number, y: number): string {
  const colour = pen.accent();
  const stripes = Array.from({ length: 6 }, (_, index) => {
    const left = x + index * 18;
    const fill = index % 2 === 0 && colour !== '#ffffff' ? colour : index % 2 === 0 ? pen.layer(1) : '#ffffff';
    return rectangle(left, y, 18, 22, fill) + circle(left + 9, y + 22, 9, fill);
  });
  const posts = rectangle(x + 4, y, 5, 100, pen.layer(3)) + rectangle(x + 99, y, 5, 100, pen.layer(3));
  const goods = Array.from({ length: 8 }, (_, index) => circle(x + 14 + index * 11.5, y + 66, 6.5, pen.accent()));
  return `${posts}${goods.join('')}${rectangle(x - 2, y + 70, 112, 32, pen.layer(2), 3)}${stripes.join('')}`;
}

export function fields(pen: Pen): string {
  const horizon = pen.between(165, 205);
  const vanishing = pen.between(160, 480);
  const rows = pen.whole(9, 14);
  const stripes = Array.from({ length: rows }, (_, index) => {
    const left = -900 + (index / rows) * 2440;
    const fill = index % 3 === 2 ? pen.accent() : pen.layer(index % 3);
    return polygon(
      [
        [vanishing, horizon - 30],
        [left, HEIGHT],
        [left + 2440 / rows, HEIGHT],
      ],
      fill,
    );
  });
  const far =
    ground(heights(pen, 5, horizon - 34, horizon + 6), pen.layer(1)) +
    ground(heights(pen, 6, horizon - 6, horizon + 14), pen.layer(2));
  const mask = `<clipPath id="f"><rect y="${at(horizon)}" width="${WIDTH}" height="${HEIGHT}"/></clipPath>`;
  const trees = [...along(pen, 20, WIDTH, 150)].map((x) =>
    tree(pen, x, pen.between(horizon + 20, 345), pen.between(52, 100), pen.layer(2)),
  );
  const farm = house(pen, pen.between(80, 520), horizon + 22, pen.between(54, 76), pen.between(30, 44));
  return `${far}${mask}<g clip-path="url(#f)">${stripes.join('')}</g>${farm}${trees.join('')}`;
}

export function tiles(pen: Pen): string {
  const size = pen.pick([80, 80, 120]);
  let pattern = '';
  for (let y = 0; y < HEIGHT; y += size) {
    for (let x = 0; x < WIDTH; x += size) pattern += tile(pen, x, y, size);
  }
  return pattern;
}

function tile(pen: Pen, x: number, y: number, size: number): string {
  const colours = [...pen.palette.layers, ...pen.palette.accents, pen.palette.light];
  const back = pen.pick(colours);
  const front = pen.pick(colours.filter((colour) => colour !== back));
  const corner = pen.pick<Point>([
    [x, y],
    [x + size, y],
    [x, y + size],
    [x + size, y + size],
  ]);
  const [cx, cy] = [x + size / 2, y + size / 2];
  const quarter = `<clipPath id="t${x}-${y}"><rect x="${x}" y="${y}" width="${size}" height="${size}"/></clipPath>`;
  const figures = [
    (): string =>
      `${quarter}<g clip-path="url(#t${x}-${y})">${circle(...corner, size, front)}${circle(...corner, size / 2, back)}</g>`,
    (): string => circle(cx, cy, size * 0.36, front) + circle(cx, cy, size * 0.16, back),
    (): string =>
      polygon(
        [
          [x, y],
          [x + size, y],
          [x, y + size],
        ],
        front,
      ),
    (): string =>
      polygon(
        [
          [cx, y + 8],
          [x + size - 8, cy],
          [cx, y + size - 8],
          [x + 8, cy],
        ],
        front,
      ),
    (): string => rectangle(x, y, size, size / 2, front),
    (): string => shape(`M${x},${cy}A${size / 2},${size / 2} 0 0 1 ${x + size},${cy}Z`, front),
  ];
  return rectangle(x, y, size, size, back) + pen.pick(figures)();
}

export function kites(pen: Pen): string {
  const land = [218, 258, 300].map((level, index) => ground(heights(pen, 5, level - 20, level + 20), pen.layer(index)));
  const flying = Array.from({ length: pen.whole(2, 4) }, () => {
    const [x, y, size] = [pen.between(70, 570), pen.between(44, 150), pen.between(26, 46)];
    const outline: Point[] = [
      [x, y - size],
      [x + size * 0.7, y],
      [x, y + size * 1.2],
      [x - size * 0.7, y],
    ];
    const hand = at(pen.between(120, 520));
    const thread = stroke(
      `M${at(x)},${at(y + size * 1.2)}Q${at(x + 30)},${at(y + 120)} ${hand},300`,
      pen.layer(3),
      1.2,
    );
    return thread + polygon(outline, pen.accent()) + polygon(outline.slice(0, 3), pen.layer(1));
  });
  const wheels = pen.between(90, 460);
  return `${flying.slice(0, 2).join('')}${land.join('')}${flying.slice(2).join('')}${bicycle(pen, wheels, 326)}`;
}

function bicycle(pen: Pen, x: number, y: number): string {
  const ring = (cx: number): string => circle(cx, y, 24, 'none', ` stroke="${pen.layer(3)}" stroke-width="4"`);
  const frame = `M${at(x)},${y}l20,-38h38l-28,38zM${at(x + 20)},${y - 38}l10,38M${at(x + 58)},${y - 38}l14,38`;
  const bar = `M${at(x + 58)},${y - 38}l-4,-14h14M${at(x + 20)},${y - 38}l-4,-9m-7,0h15`;
  return ring(x) + ring(x + 72) + stroke(frame + bar, pen.accent(), 4);
}

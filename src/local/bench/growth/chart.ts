import type { Compared } from '../case.ts';

const [WIDTH, HEIGHT] = [640, 250];
const PLOT = { top: 40, bottom: 210, width: 240, inset: 20 };

type Curve = {
  title: string;
  colour: string;
  left: number;
  from: number;
  to: number;
  value: (one: Compared) => number;
};

const CURVES: readonly Curve[] = [
  { title: 'CPU seconds', colour: '#1f3864', left: 60, from: 0.1, to: 10, value: (one) => one.cpuSeconds },
  { title: 'peak memory, MB', colour: '#8a3b00', left: 380, from: 10, to: 1000, value: (one) => one.peakMb },
];

const logOf = (value: number, from: number, to: number): number => Math.log(value / from) / Math.log(to / from);
const powers = (from: number, to: number): number[] =>
  Array.from({ length: Math.round(Math.log10(to / from)) + 1 }, (_, index) => from * 10 ** index);

/** Two small plots with both axes logarithmic: a straight line of slope one is growth in step with the people. */
export const chartOf = (found: readonly Compared[]): string => {
  const sizes = found.map(({ size }) => size);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const plots = CURVES.map(({ title, colour, left, from, to, value }) => {
    const x = (size: number) =>
      Math.round(left + PLOT.inset + (most > least ? logOf(size, least, most) : 0.5) * (PLOT.width - 2 * PLOT.inset));
    const y = (amount: number) => Math.round(PLOT.bottom - logOf(amount, from, to) * (PLOT.bottom - PLOT.top));
    const points = found.map((one) => ({ x: x(one.size), y: y(value(one)), text: value(one).toPrecision(2) }));
    return [
      `<text x="${left}" y="22" font-weight="bold" fill="${colour}">${title}</text>`,
      ...powers(from, to).map(
        (amount) =>
          `<path d="M${left} ${y(amount)}h${PLOT.width}" stroke="#ddd"/><text x="${left - 6}" y="${y(amount) + 4}" text-anchor="end">${Number(amount.toPrecision(1))}</text>`,
      ),
      ...sizes.map(
        (size) =>
          `<text x="${x(size)}" y="${PLOT.bottom + 18}" text-anchor="middle">${size.toLocaleString('en')}</text>`,
      ),
      `<polyline points="${points.map((point) => `${point.x},${point.y}`).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...points.map(
        (point) =>
          `<circle cx="${point.x}" cy="${point.y}" r="3.5" fill="${colour}"/><text x="${point.x}" y="${point.y - 9}" text-anchor="middle" fill="${colour}">${Number(point.text)}</text>`,
      ),
    ].join('\n');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="12" fill="#555">`,
    '<title>CPU seconds and peak memory against people</title>',
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    ...plots,
    `<text x="${WIDTH / 2}" y="${HEIGHT - 6}" text-anchor="middle">people</text>`,
    '</svg>\n',
  ].join('\n');
};

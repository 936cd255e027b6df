/** A line of a plot: a value for each size. */
export interface Series {
  readonly name: string
  readonly points: readonly (readonly [size: number, value: number])[]
}

const [width, height, left, top, right, bottom] = [640, 360, 60, 30, 200, 45]
const colours = ['#1f77b4', '#d95f02', '#1b9e77', '#7570b3']

/** A plot as SVG, both axes from nought, so that what grows in proportion is a straight line through the corner. */
export function plot(title: string, series: readonly Series[]): string {
  const points = series.flatMap((one) => one.points)
  const [mostX, mostY] = [0, 1].map((axis) => Math.max(...points.map((point) => point[axis] ?? 0)))
  const stepX = stepOf(mostX ?? 1)
  const stepY = stepOf(mostY ?? 1)
  const endX = Math.ceil((mostX ?? 1) / stepX) * stepX
  const endY = Math.ceil((mostY ?? 1) / stepY) * stepY
  const x = (size: number) => round(left + (size / endX) * (width - left - right))
  const y = (value: number) => round(height - bottom - (value / endY) * (height - top - bottom))
  const ticksX = ticks(endX, stepX).map(
    (at) => `<text x="${x(at)}" y="${height - bottom + 18}" text-anchor="middle">${at}</text>`,
  )
  const ticksY = ticks(endY, stepY).flatMap((at) => [
    `<line x1="${left}" x2="${width - right}" y1="${y(at)}" y2="${y(at)}" stroke="#ddd"/>`,
    `<text x="${left - 8}" y="${y(at) + 4}" text-anchor="end">${at}</text>`,
  ])
  const lines = series.flatMap(({ name, points: own }, index) => {
    const colour = colours[index % colours.length] ?? 'black'
    const labelY = top + 14 + index * 20
    return [
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${own.map(([size, value]) => `${x(size)},${y(value)}`).join(' ')}"/>`,
      ...own.map(([size, value]) => `<circle cx="${x(size)}" cy="${y(value)}" r="3" fill="${colour}"/>`),
      `<text x="${width - right + 15}" y="${labelY}" fill="${colour}">${name}</text>`,
    ]
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    '<rect width="100%" height="100%" fill="white"/>',
    `<text x="${left}" y="18" font-weight="bold">${title}</text>`,
    ...ticksY,
    ...ticksX,
    `<text x="${(left + width - right) / 2}" y="${height - 6}" text-anchor="middle">resources</text>`,
    ...lines,
    '</svg>',
    '',
  ].join('\n')
}

/** A round distance between marks, of which there are four to eight. */
function stepOf(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most / 4))
  return [1, 2, 5, 10].map((n) => n * power).find((step) => most / step <= 8) ?? most
}

const ticks = (end: number, step: number): readonly number[] =>
  Array.from({ length: Math.round(end / step) + 1 }, (_, i) => round(i * step))

const round = (value: number): number => Math.round(value * 100) / 100

// Requests a second over time as a plain SVG: phases shaded, probes marked, what the ramp allows as a dashed line.
// On a light ground of its own, so that it reads the same on a dark page.

export interface Sample {
  /** Seconds since the beginning. */
  readonly at: number
  readonly perSecond: number
  /** The part of full speed that was allowed. */
  readonly load: number
}

export interface Phase {
  readonly name: string
  readonly from: number
  readonly to: number
  readonly requests: number
  /** Processor time of the daemon. */
  readonly cpuMs: number
}

export interface Outage {
  readonly samples: readonly Sample[]
  readonly phases: readonly Phase[]
  /** When it was found down. */
  readonly probes: readonly number[]
  /** Requests a second at full speed. */
  readonly full: number
}

const [WIDTH, HEIGHT] = [1_000, 420]
const PLOT = { left: 64, right: 984, top: 64, bottom: 360 }
const SHADES = ['#ffffff', '#f1f5f9'] as const
const SHADE_OF: Readonly<Record<string, string>> = {
  outage: '#fde8e8',
  paused: '#fef3c7',
  'back, not asked yet': '#fde8e8',
}

export const drawOutage = ({ samples, phases, probes, full }: Outage): string => {
  const end = phases.at(-1)?.to ?? 1
  const top = niceCeiling(Math.max(full, ...samples.map(({ perSecond }) => perSecond)))
  const x = (at: number): number => round(PLOT.left + (at / end) * (PLOT.right - PLOT.left))
  const y = (perSecond: number): number => round(PLOT.bottom - (perSecond / top) * (PLOT.bottom - PLOT.top))
  const path = (points: readonly (readonly [number, number])[]): string =>
    points.map(([at, value], i) => `${i === 0 ? 'M' : 'L'}${x(at)} ${y(value)}`).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title" font-family="system-ui, sans-serif" font-size="12" fill="#1e293b">
<title id="title">Requests a second at the gateway through an outage, its recovery, a pause and a slow start</title>
<rect width="${WIDTH}" height="${HEIGHT}" rx="8" fill="#ffffff"/>
${phases.map((phase, i) => drawPhase(phase, i, x)).join('')}${drawGrid(top, end, x, y)}
<path d="${path(samples.map(({ at, load }) => [at, load * full]))}" fill="none" stroke="#64748b" stroke-dasharray="5 4"/>
<path d="${path(samples.map(({ at, perSecond }) => [at, perSecond]))}" fill="none" stroke="#1d4ed8" stroke-width="2" stroke-linejoin="round"/>
${probes.map((at) => `<path d="M${x(at)} ${PLOT.bottom - 9}l4 8h-8z" fill="#b91c1c"/>`).join('')}
${drawLegend()}
</svg>
`
}

const drawPhase = ({ name, from, to }: Phase, i: number, x: (at: number) => number): string => {
  const [left, right] = [x(from), x(to)]
  const fill = SHADE_OF[name] ?? SHADES[i % 2]
  const rect = `<rect x="${left}" y="${PLOT.top}" width="${round(right - left)}" height="${PLOT.bottom - PLOT.top}" fill="${fill}"/>`
  if (right - left < 8) return `${rect}\n`
  // in two heights, for narrow neighbours; never over the edge
  const middle = Math.min((left + right) / 2, WIDTH - 8 - name.length * 3.3)
  return `${rect}<text x="${round(middle)}" y="${PLOT.top - (i % 2 === 0 ? 8 : 24)}" text-anchor="middle">${name}</text>\n`
}

const drawGrid = (top: number, end: number, x: (at: number) => number, y: (value: number) => number): string => {
  const values = Array.from({ length: 5 }, (_, i) => (top / 4) * i)
  const step = end > 120 ? 30 : 10
  const instants = Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step)
  const lines = values.map(
    (value) =>
      `<path d="M${PLOT.left} ${y(value)}H${PLOT.right}" stroke="#cbd5e1"/><text x="${PLOT.left - 8}" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
  )
  const ticks = instants.map((at) => `<text x="${x(at)}" y="${PLOT.bottom + 18}" text-anchor="middle">${at} s</text>`)
  return [...lines, ...ticks].join('\n')
}

const drawLegend = (): string => {
  const y = HEIGHT - 18
  return `<path d="M${PLOT.left} ${y - 4}h28" stroke="#1d4ed8" stroke-width="2"/><text x="${PLOT.left + 36}" y="${y}">requests a second, as the gateway counts them</text>
<path d="M${PLOT.left + 330} ${y - 4}h28" stroke="#64748b" stroke-dasharray="5 4"/><text x="${PLOT.left + 366}" y="${y}">what the row allows</text>
<path d="M${PLOT.left + 520} ${y - 9}l4 8h-8z" fill="#b91c1c"/><text x="${PLOT.left + 532}" y="${y}">found down</text>`
}

/** 1, 2 or 4 times a power of ten: four lines of whole numbers. */
const niceCeiling = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 40)))
  return [1, 2, 4, 10].map((factor) => factor * power).find((ceiling) => ceiling >= value) ?? 10 * power
}

const round = (value: number): number => Math.round(value * 10) / 10

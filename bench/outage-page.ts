// The figures of an outage as a page for people, beside the picture.
import type { Phase, Sample } from './outage-chart.ts'

export interface Story {
  readonly title: string
  readonly samples: readonly Sample[]
  readonly phases: readonly Phase[]
  /** Requests a second at full speed. */
  readonly full: number
  readonly facts: readonly (readonly [what: string, figure: string])[]
}

export const outagePage = ({
  title,
  samples,
  phases,
  full,
  facts,
}: Story): string => `# An outage, a pause, a slow start

![Requests a second over time](outage.svg)

${title}

| phase | from | to | requests | a second | of what the row allows | processor |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
${phases.map((phase) => phaseLine(phase, samples, full)).join('')}
| | |
| --- | ---: |
${facts.map(([what, figure]) => `| ${what} | ${figure} |\n`).join('')}`

const phaseLine = (phase: Phase, samples: readonly Sample[], full: number): string => {
  const { name, from, to, requests, cpuMs } = phase
  const length = to - from
  const within = samples.filter(({ at, load }) => at > from && at <= to && load > 0)
  const allowed = within.length === 0 ? 0 : (full * length * sum(within.map(({ load }) => load))) / within.length
  const share = allowed === 0 ? '' : `${((requests / allowed) * 100).toFixed(0)} %`
  const busy = `${(cpuMs / length / 10).toFixed(0)} %`
  const times = [from, to].map((at) => `${at.toFixed(1)} s`)
  return `| ${[name, ...times, requests, (requests / length).toFixed(0), share, busy].join(' | ')} |\n`
}

/** Under a load below 1 that stays the same: the most above its share, of the means of ten samples, in %. */
export const excessOf = (samples: readonly Sample[], full: number): number => {
  const windows = samples.flatMap((_, i) => {
    const window = samples.slice(i, i + 10)
    const load = window[0]?.load ?? 0
    const isOne = window.length === 10 && load > 0 && load < 1 && window.every((each) => each.load === load)
    return isOne ? [sum(window.map(({ perSecond }) => perSecond)) / 10 / (load * full)] : []
  })
  return windows.length === 0 ? 0 : (Math.max(...windows) - 1) * 100
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

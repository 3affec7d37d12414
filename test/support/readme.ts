// A page as a play: every `$ notify …` in a ```console block, with what it says there.

export interface Scene {
  /** Words after `notify`. */
  readonly args: readonly string[]
  readonly line: string
  readonly says: string
  /** The clock under which the block plays: the nearest `<!-- clock: … -->` above it. */
  readonly clock: string
}

/** The scenes of a markdown text, in order. */
export const scenesOf = (markdown: string): readonly Scene[] => {
  const blocks = [...markdown.matchAll(/```console\n(.*?)```/gs)]
  return blocks.flatMap((block) => {
    const clock = [...markdown.slice(0, block.index).matchAll(/<!-- clock: (\S+) -->/g)].at(-1)?.[1] ?? ''
    return (block[1] ?? '')
      .split(/^\$ /m)
      .slice(1)
      .map((scene) => {
        const end = scene.indexOf('\n')
        const line = scene.slice(0, end)
        return { line, args: wordsOf(line).slice(1), says: scene.slice(end + 1).trimEnd(), clock }
      })
  })
}

/** Words as a shell splits them, with double and single quotes. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, bare]) => double ?? single ?? bare ?? '')

/** What differs from run to run: random ids and lengths of time. */
export const settled = (text: string): string =>
  text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UID')
    .replaceAll(/\b\d+(\.\d+)? (ms|s)\b/g, 'TIME')
    .replaceAll(/^.*(?:TIME|HALF WITHIN).*$/gm, (line) => line.replaceAll(/ {2,}/g, '  ')) // as wide as the times are
    .replaceAll(/ +$/gm, '')
    .trimEnd()

/** The page with what `run` says in the place of what stands there: what `npm run play` writes. */
export const played = async (markdown: string, run: (scene: Scene) => Promise<string>): Promise<string> => {
  let page = ''
  let rest = markdown
  for (const scene of scenesOf(markdown)) {
    const said = await run(scene)
    const before = `$ ${scene.line}\n${scene.says === '' ? '' : `${scene.says}\n`}`
    const at = rest.indexOf(before)
    const isSame = settled(said) === settled(scene.says)
    page += rest.slice(0, at) + (isSame ? before : `$ ${scene.line}\n${said === '' ? '' : `${said.trimEnd()}\n`}`)
    rest = rest.slice(at + before.length)
  }
  return page + rest
}

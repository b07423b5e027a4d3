// Measures what the architecture test limits: code files per folder, circles of imports, imports past a face and
// names that are exported twice.
import { dirname } from 'node:path'
import { findSources, readDeclaredExports, readImports } from './sources.ts'

const app = () => findSources(['app'])
const all = () =>
  findSources(['app', 'attio', 'local-attio', 'tools', 'testing', 'e2e', 'endurance', 'bench'])

/** Returns the number of code files per folder, for folders with more than the limit. */
export function findCrowdedFolders(limit: number): Record<string, number> {
  const counts = new Map<string, number>()
  for (const file of all()) {
    const folder = dirname(file)
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return Object.fromEntries([...counts].filter(([, count]) => count > limit))
}

export interface Faces {
  /** Part of `app` to the files by which other parts enter it. */
  readonly parts: Readonly<Record<string, readonly string[]>>
  /** Folders made of leaves, each entered by itself. */
  readonly leaves: readonly string[]
  /** Catalogues: files that may show the insides of other parts. */
  readonly catalogues: readonly string[]
}

/** Returns the imports that enter a part of `app` by another file than its face. */
export function findImportsPastFaces({ parts, leaves, catalogues }: Faces): ImportPastFace[] {
  return app()
    .filter((file) => !catalogues.some((folder) => file.startsWith(`${folder}/`)))
    .flatMap((file) =>
      readImports(file)
        .filter(({ target }) => !leaves.some((folder) => target.startsWith(`${folder}/`)))
        .flatMap(({ line, target }) => {
          const entered = enteredPast(file, target, parts)
          return entered === undefined
            ? []
            : [{ way: `${partOf(file)} > ${entered}`, text: `${file}:${line} imports ${target}` }]
        }),
    )
}

export interface ImportPastFace {
  /** The importing part and the imported part. */
  readonly way: string
  readonly text: string
}

function enteredPast(file: string, target: string, parts: Faces['parts']): string | undefined {
  const part = partOf(target)
  if (part === '' || part === 'app') return undefined
  const isFace = (parts[part] ?? []).includes(target)
  return partOf(file) === part || isFace ? undefined : part
}

function partOf(file: string): string {
  const [app, part, ...rest] = file.split('/')
  if (app !== 'app') return ''
  return rest.length > 0 ? `app/${part}` : 'app'
}

/** Returns each set of files that import each other in a circle, types included. */
export function findCircles(): string[][] {
  const files = all()
  const known = new Set(files)
  const graph = new Map(
    files.map((file) => [
      file,
      readImports(file)
        .map(({ target }) => target)
        .filter((target) => known.has(target)),
    ]),
  )
  return stronglyConnected(graph).filter((files) => files.length > 1)
}

/** Tarjan's algorithm. */
function stronglyConnected(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []
  const visit = (node: string): void => {
    order.set(node, order.size)
    lowest.set(node, order.get(node) ?? 0)
    stack.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next)
      if (stack.includes(next))
        lowest.set(node, Math.min(lowest.get(node) ?? 0, lowest.get(next) ?? 0))
    }
    if (lowest.get(node) === order.get(node))
      found.push(stack.splice(stack.indexOf(node)).toSorted())
  }
  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return found
}

/** Returns the names that more than one file of `app` declares and exports, with those files. */
export function findDuplicateExports(): Record<string, string[]> {
  const files = new Map<string, string[]>()
  for (const file of app())
    for (const name of new Set(readDeclaredExports(file)))
      files.set(name, [...(files.get(name) ?? []), file])
  return Object.fromEntries([...files].filter(([, declaring]) => declaring.length > 1))
}

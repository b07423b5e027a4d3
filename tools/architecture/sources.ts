// Reads the sources of the repository as text: which files there are, what each imports and what each exports.
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '../..')

export interface Import {
  readonly line: number
  readonly specifier: string
  /** The imported file, from the root; for a package the specifier. */
  readonly target: string
  readonly typeOnly: boolean
}

/** Returns every source file of the given parts except tests, from the root, sorted. */
export function findSources(parts: readonly string[]): string[] {
  return parts
    .flatMap((part) => globSync(`${part}/**/*.ts`, { cwd: root }))
    .filter((file) => !/\.test\.ts$|(^|\/)(node_modules|dist)\//.test(file))
    .toSorted()
}

export function readSource(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

export function readImports(file: string): Import[] {
  const statement =
    /^(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm
  const text = readSource(file)
  return [...text.matchAll(statement)].map((match) => {
    const specifier = match[2] ?? match[3] ?? ''
    const target = specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(file), specifier))
      : specifier
    return {
      line: text.slice(0, match.index).split('\n').length,
      specifier,
      target,
      typeOnly: match[1] !== undefined,
    }
  })
}

/** Returns the names that a file declares and exports; what it exports from another file is declared there. */
export function readDeclaredExports(file: string): string[] {
  const declaration =
    /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm
  return Array.from(readSource(file).matchAll(declaration), ([, name = '']) => name)
}

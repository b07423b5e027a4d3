// Types, lint and format. Each looks only at what changed since it last passed, and at what that can have broken.
import { readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { readImports } from '../architecture/sources.ts'
import { runCommand } from './run-command.ts'
import { root } from './test-files.ts'
import { findUncheckedFiles, readText, type UncheckedFiles } from './unchecked-files.ts'

const bin = join(root, 'node_modules', '.bin')

/** Checks types in all folders, because types cross them; `places` narrows lint and format. */
export async function runChecks(places: readonly string[] = []): Promise<boolean> {
  const results = await Promise.all([checkTypes(), lint(places), format(places)])
  return results.every(hasPassed)
}

function hasPassed(result: boolean): boolean {
  return result
}

async function checkTypes(): Promise<boolean> {
  const paths = allFiles(root).filter((path) => /\.[cm]?[jt]s$/.test(path))
  const files = findUncheckedFiles({ name: 'types', paths, rules: settings() })
  if (files.paths.length === 0) return true
  const results = await Promise.all([
    check('tsc', ['-p', 'tsconfig.json', ...remembering('all')]),
    check('tsc', ['-p', 'attio', ...remembering('attio')]),
    check('tsc', ['-p', 'app/web/browser', ...remembering('browser')]),
  ])
  if (!results.every(hasPassed)) return false
  files.pass(files.paths)
  return true
}

/** Lets the compiler check only what changed since the last run, and what depends on it. */
function remembering(name: string): readonly string[] {
  const file = join(root, 'node_modules', '.cache', 'types', `${name}.tsbuildinfo`)
  return ['--incremental', '--tsBuildInfoFile', file]
}

async function lint(places: readonly string[]): Promise<boolean> {
  const args = ['--type-aware', '--deny-warnings', '--quiet']
  const listed = await runCommand(join(bin, 'oxlint'), ['--debug=files'], { quiet: true })
  const paths = listed.output.split('\n').filter((line) => /\.[cm]?[jt]sx?$/.test(line))
  // Without a list of what it checks, oxlint checks everything.
  if (listed.code !== 0 || paths.length === 0) return await check('oxlint', [...args, ...places])
  const rules = [...settings(), ...paths.filter(changesGlobalTypes).map(readText)]
  const files = findUncheckedFiles({ name: 'lint', paths, rules, importsOf: typesFrom(paths) })
  return await checkSome('oxlint', args, files, places)
}

async function format(places: readonly string[]): Promise<boolean> {
  const rules = ['package-lock.json', '.oxfmtrc.json', '.gitignore'].map(readText)
  const files = findUncheckedFiles({ name: 'format', paths: allFiles(root), rules })
  const args = ['--list-different', '--no-error-on-unmatched-pattern']
  return await checkSome('oxfmt', args, files, places)
}

/**
 * The versions of the checks and of the packages whose types are read, how types are read, and the settings of lint: all
 * of them are JSON.
 */
function settings(): readonly string[] {
  return allFiles(root)
    .filter((path) => path.endsWith('.json'))
    .map(readText)
}

function changesGlobalTypes(path: string): boolean {
  return path.endsWith('.d.ts') || /^declare (?:global|module)/m.test(readText(path))
}

/** Returns the files whose types a file sees: those it imports, and all of a package of ours. */
function typesFrom(paths: readonly string[]): (path: string) => readonly string[] {
  const ours = (folder: string): readonly string[] =>
    paths.filter((path) => path.startsWith(`${folder}/`))
  const packages = { attio: ours('attio'), 'local-attio': ours('local-attio') }
  return (path) =>
    readImports(path).flatMap(({ target }) => {
      if (/^@taskr\/attio\b/.test(target)) return packages.attio
      if (/^@taskr\/local-attio\b/.test(target)) return packages['local-attio']
      return target
    })
}

/** Every file that could have a format; oxfmt itself leaves out those it does not know and those of .gitignore. */
function allFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return leftOut.has(entry.name) ? [] : allFiles(path)
    return entry.isFile() ? relative(root, path) : []
  })
}

const leftOut = new Set(['node_modules', '.git', '.cache', 'dist', 'data', 'screenshots'])

async function checkSome(
  command: string,
  args: readonly string[],
  files: UncheckedFiles,
  places: readonly string[],
): Promise<boolean> {
  const chosen = files.paths.filter((path) => isAt(path, places))
  if (chosen.length > 0 && !(await check(command, [...args, ...chosen]))) return false
  files.pass(chosen)
  return true
}

function isAt(path: string, places: readonly string[]): boolean {
  if (places.length === 0) return true
  return places
    .map((place) => relative(root, resolve(root, place)))
    .some((place) => place === '' || path === place || path.startsWith(`${place}/`))
}

async function check(command: string, args: readonly string[]): Promise<boolean> {
  const { code, output } = await runCommand(join(bin, command), args, { quiet: true })
  if (code === 0) return true
  console.error(`${output}✖ ${[command, ...args.filter((arg) => arg.startsWith('-'))].join(' ')}`)
  return false
}

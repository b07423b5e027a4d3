// Stages a workspace for npm in <workspace>/dist (compiled JavaScript, types, rewritten manifest) and
// packs it. In the repository its exports name the sources; the published ones name the compiled files.
// `npm pack` and `npm publish` in the workspace itself do the same through tools/pack-in-place.ts.
//
//   node tools/pack.ts attio
//   node tools/pack.ts local-attio --into ./packages
import { execFile } from 'node:child_process'
import { cp, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { z } from 'zod'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')

export interface Packed {
  /** The staged package. */
  readonly folder: string
  readonly tarball: string
}

/** Packs a workspace. `into` is where the tarball goes; default the staging folder. */
export async function pack(workspace: string, into?: string): Promise<Packed> {
  const folder = await stage(join(root, workspace))
  return { folder, tarball: await npmPack(folder, into === undefined ? folder : resolve(into)) }
}

/** Writes everything that is published into <source>/dist and returns that folder. */
export async function stage(source: string): Promise<string> {
  const folder = join(source, 'dist')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const manifest = await readManifest(source)
  await compile(manifest, source, folder)
  await copyAssets(join(source, 'src'), join(folder, 'lib'))
  await writeFile(join(folder, 'package.json'), publishedManifest(manifest))
  for (const name of ['README.md', 'LICENSE']) await cp(findText(source, name), join(folder, name))
  for (const name of manifest.files ?? []) await cp(join(source, name), join(folder, name))
  return folder
}

/** Compiles the files that the entries import; tests and their fixtures stay behind. */
async function compile(manifest: Manifest, source: string, folder: string): Promise<void> {
  const own = join(source, 'tsconfig.json')
  const entries = [...Object.values(manifest.exports), ...Object.values(manifest.bin ?? {})]
  const config = {
    extends: existsSync(own) ? own : join(root, 'tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      rootDir: join(source, 'src'),
      outDir: join(folder, 'lib'),
    },
    files: entries.map((path) => join(source, path)),
    include: [],
  }
  const project = join(folder, 'tsconfig.json')
  await writeFile(project, JSON.stringify(config))
  await run(join(root, 'node_modules', '.bin', 'tsc'), ['-p', project])
  await rm(project)
  for await (const file of glob('**/*.d.ts', { cwd: join(folder, 'lib') })) {
    await nameCompiledFiles(join(folder, 'lib', file))
  }
}

/** The compiler leaves './x.ts' in declarations, where only './x.js' leads to x.d.ts. */
async function nameCompiledFiles(file: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  const specifier = /((?:\bfrom|\bimport)\s*\(?\s*['"]\.{1,2}\/[^'"]+)\.ts(?=['"])/g
  await writeFile(file, text.replace(specifier, '$1.js'))
}

async function copyAssets(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, filter: (path) => !path.endsWith('.ts') })
}

const manifestSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  exports: z.record(z.string(), z.string()),
  bin: z.record(z.string(), z.string()).optional(),
  /** Published beside the compiled files. */
  files: z.array(z.string()).optional(),
})

type Manifest = z.output<typeof manifestSchema>

async function readManifest(source: string): Promise<Manifest> {
  return manifestSchema.parse(JSON.parse(await readFile(join(source, 'package.json'), 'utf8')))
}

/** Fields of the manifest that only development needs. */
const unpublished = new Set(['scripts', 'devDependencies', 'private'])

function publishedManifest(manifest: Manifest): string {
  const kept = Object.entries(manifest).filter(([key]) => !unpublished.has(key))
  const exports = mapValues(manifest.exports, (path) => {
    const compiled = compiledPath(path)
    return { types: compiled.replace(/\.js$/, '.d.ts'), default: compiled }
  })
  const published = {
    ...Object.fromEntries(kept),
    exports: { ...exports, './package.json': './package.json' },
    ...(manifest.bin && { bin: mapValues(manifest.bin, compiledPath) }),
    files: ['lib', ...(manifest.files ?? [])],
  }
  return `${JSON.stringify(published, null, 2)}\n`
}

function mapValues<T>(
  members: Readonly<Record<string, string>>,
  change: (value: string) => T,
): Record<string, T> {
  return Object.fromEntries(Object.entries(members).map(([key, value]) => [key, change(value)]))
}

function compiledPath(path: string): string {
  return path.replace(/^\.\/src\//, './lib/').replace(/\.ts$/, '.js')
}

/** Returns the workspace's own file, or the licence at the root. */
function findText(source: string, name: string): string {
  const own = join(source, name)
  const shared = join(root, name)
  if (existsSync(own)) return own
  if (name === 'LICENSE' && existsSync(shared)) return shared
  throw new Error(`${own} is missing: a package needs one`)
}

const packedSchema = z.tuple([z.looseObject({ filename: z.string() })])

async function npmPack(folder: string, into: string): Promise<string> {
  await mkdir(into, { recursive: true })
  const options = ['--json', '--ignore-scripts', '--pack-destination', into]
  const { stdout } = await run('npm', ['pack', ...options], { cwd: folder })
  const [{ filename }] = packedSchema.parse(JSON.parse(stdout))
  return join(into, filename)
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    options: { into: { type: 'string' } },
    allowPositionals: true,
  })
  for (const workspace of positionals) {
    const { tarball } = await pack(workspace, values.into)
    console.log(tarball)
  }
}

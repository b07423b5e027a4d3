// The scripts and styles that `npm run build` (and every `npm ci`) writes to dist/. Production serves these files, so it
// needs neither esbuild nor a writable disk.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { createAssets, type Assets } from './assets.ts'
import { bundle, bundleAssets } from './bundle-assets.ts'

const builtFolder = fileURLToPath(new URL('./dist', import.meta.url))
const webFolder = fileURLToPath(new URL('..', import.meta.url))

export type BuiltAssetsReading =
  | { readonly kind: 'read'; readonly assets: Assets }
  | { readonly kind: 'refused'; readonly problem: string }

const builtSchema = z.object({
  /** Maps each source file, relative to `app/web`, to the hash of its content. */
  sources: z.record(z.string(), z.string()),
  stylesheet: z.string(),
  pagesStylesheet: z.string(),
  script: z.string(),
  pagesScript: z.string(),
  passkeyScript: z.string(),
})

/** Writes one file atomically by a rename, so that a reader sees either the old or the new build. */
export async function writeBuiltAssets(folder = builtFolder): Promise<void> {
  const { stylesheet, pagesStylesheet, script, pagesScript, passkeyScript, inputs } = await bundle()
  const built: z.output<typeof builtSchema> = {
    sources: Object.fromEntries(inputs.map((path) => [path, hashSource(path) ?? ''])),
    stylesheet: Buffer.from(stylesheet).toString(),
    pagesStylesheet: Buffer.from(pagesStylesheet).toString(),
    script: Buffer.from(script).toString(),
    pagesScript: Buffer.from(pagesScript).toString(),
    passkeyScript: Buffer.from(passkeyScript).toString(),
  }
  mkdirSync(folder, { recursive: true })
  const draft = join(folder, `assets.json.${process.pid}`)
  writeFileSync(draft, JSON.stringify(built))
  renameSync(draft, join(folder, 'assets.json'))
}

/** Throws when the build is missing or older than its sources. */
export function readBuiltAssets(folder = builtFolder): BuiltAssetsReading {
  const text = readIfThere(join(folder, 'assets.json'))
  if (text === undefined) return refuse('The browser code has not been built')
  const parsed = builtSchema.safeParse(JSON.parse(text))
  if (!parsed.success) return refuse('The browser code was built by another version')
  const { sources, stylesheet, pagesStylesheet, script, pagesScript, passkeyScript } = parsed.data
  const changed = Object.entries(sources).find(([path, hash]) => hashSource(path) !== hash)
  if (changed !== undefined) return refuse(`app/web/${changed[0]} changed after it was built`)
  const encoder = new TextEncoder()
  return {
    kind: 'read',
    assets: createAssets({
      stylesheet: encoder.encode(stylesheet),
      pagesStylesheet: encoder.encode(pagesStylesheet),
      script: encoder.encode(script),
      pagesScript: encoder.encode(pagesScript),
      passkeyScript: encoder.encode(passkeyScript),
    }),
  }
}

/** Returns the build when it is up to date, and bundles in memory otherwise. */
export async function readOrBundleAssets(): Promise<Assets> {
  const reading = readBuiltAssets()
  return reading.kind === 'read' ? reading.assets : await bundleAssets()
}

function refuse(reason: string): BuiltAssetsReading {
  return { kind: 'refused', problem: `${reason}. Run: npm run build` }
}

function hashSource(path: string): string | undefined {
  const text = readIfThere(join(webFolder, path))
  return text === undefined ? undefined : createHash('sha256').update(text).digest('base64url')
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

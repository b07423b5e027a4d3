// Bundles the browser's scripts and styles with esbuild, which is loaded only here. Production serves the built files.
import { relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAssets, type Assets, type BundledTexts } from './assets.ts'

const webFolder = fileURLToPath(new URL('..', import.meta.url))

export type Bundle = BundledTexts & {
  /** The bundled source files, relative to `app/web`. */
  readonly inputs: readonly string[]
}

/** Bundles in memory, for development and tests. */
export async function bundleAssets(): Promise<Assets> {
  return createAssets(await bundle())
}

export async function bundle(): Promise<Bundle> {
  const [stylesheet, pagesStylesheet, script, pagesScript, passkeyScript] = await Promise.all([
    bundleEntry('ui/styles/app.css'),
    bundleEntry('ui/styles/pages.css'),
    bundleEntry('browser/main.ts'),
    bundleEntry('browser/pages/main.ts'),
    bundleEntry('browser/passkeys/main.ts'),
  ])
  return {
    stylesheet: stylesheet.content,
    pagesStylesheet: pagesStylesheet.content,
    script: script.content,
    pagesScript: pagesScript.content,
    passkeyScript: passkeyScript.content,
    inputs: [
      ...new Set(
        [stylesheet, pagesStylesheet, script, pagesScript, passkeyScript].flatMap(
          (one) => one.inputs,
        ),
      ),
    ].toSorted(),
  }
}

async function bundleEntry(entry: string) {
  const { build } = await import('esbuild')
  const { outputFiles, metafile } = await build({
    absWorkingDir: webFolder,
    entryPoints: [resolve(webFolder, entry)],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2023',
    legalComments: 'none',
    logLevel: 'silent',
  })
  const [file] = outputFiles
  if (file === undefined) throw new TypeError(`esbuild wrote nothing for ${entry}.`)
  const inputs = Object.keys(metafile.inputs).map((path) =>
    relative(webFolder, resolve(webFolder, path)),
  )
  return { content: file.contents, inputs }
}

// A text that differs between two versions of Taskr's code, so that a page of one is never taken for a page of the other
// while an update is rolled out.
import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const appFolder = fileURLToPath(new URL('../..', import.meta.url))
let known: string | undefined

/** Reads the sources once. */
export function readCodeVersion(): string {
  return (known ??= hashSources())
}

function hashSources(): string {
  const hash = createHash('sha256')
  const files = globSync('**/*.ts', {
    cwd: appFolder,
    exclude: (name) => /node_modules|\.test\.ts$/.test(name),
  })
  for (const file of files.toSorted()) hash.update(readFileSync(join(appFolder, file)))
  return hash.digest('base64url').slice(0, 16)
}

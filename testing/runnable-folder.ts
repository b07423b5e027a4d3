// Finds a folder from which programs may run: the temporary folder may be mounted noexec.
import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export class NoRunnableFolderError extends Error {
  override readonly name = 'NoRunnableFolderError'
}

export async function findRunnableFolder(candidates: readonly string[]): Promise<string> {
  for (const candidate of candidates) if (await canRunFrom(candidate)) return candidate
  throw new NoRunnableFolderError(
    `Programs may run from none of ${candidates.join(', ')}. Set TMPDIR to a folder that is not mounted noexec.`,
  )
}

async function canRunFrom(parent: string): Promise<boolean> {
  try {
    const folder = await mkdtemp(join(parent, 'taskr-runnable-'))
    try {
      const script = join(folder, 'script')
      await writeFile(script, '#!/bin/sh\n', { mode: 0o700 })
      await run(script)
      return true
    } finally {
      await rm(folder, { recursive: true })
    }
  } catch {
    return false
  }
}

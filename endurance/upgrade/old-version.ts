// The version of Taskr before the newest migration, out of the repository's history, in a folder of its own.
import { execFile } from 'node:child_process'
import { mkdir, readdir, rm, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { createTestFolder } from '../../testing/test-folder.ts'

const root = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)

export interface OldVersion {
  readonly folder: string
  readonly commit: string
  /** The migration that it does not have. */
  readonly migration: string
  readonly remove: () => Promise<void>
}

/** Throws when the clone has no history that far back. */
export async function extractOldVersion(): Promise<OldVersion> {
  const migrations = await readdir(join(root, 'app/database/migrations'))
  const migration = migrations.toSorted().at(-1) ?? ''
  const path = `app/database/migrations/${migration}`
  const commit = await git(['log', '--diff-filter=A', '--format=%H', '-1', '--', path])
  if (commit === '')
    throw new Error(`No commit in this clone adds ${migration}; fetch the history.`)
  const before = await git(['rev-parse', `${commit}^`])
  const folder = await createTestFolder('taskr-old-')
  await run('sh', ['-c', 'git archive "$1" | tar -x -C "$2"', 'sh', before, folder], { cwd: root })
  await linkPackages(folder)
  return {
    folder,
    commit: before.slice(0, 8),
    migration,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

async function git(args: readonly string[]): Promise<string> {
  return (await run('git', args, { cwd: root })).stdout.trim()
}

/** Links the installed packages, except Taskr's own, which are the old version's. */
async function linkPackages(folder: string): Promise<void> {
  const packages = join(folder, 'node_modules')
  await mkdir(join(packages, '@taskr'), { recursive: true })
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name === '@taskr') continue
    await symlink(join(root, 'node_modules', name), join(packages, name))
  }
  for (const name of ['attio', 'local-attio']) {
    await symlink(join(folder, name), join(packages, '@taskr', name))
  }
}

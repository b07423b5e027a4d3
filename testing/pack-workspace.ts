// Packs a workspace as `npm pack` and `npm publish` in its own folder do.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, readdir, readFile, symlink } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..')

export type PackedWorkspace = {
  readonly name: string
  /** What packing needs of the workspace's folder. */
  readonly files: readonly string[]
  /** An empty folder, into which it is copied, so that no other test sees a manifest that is being packed. */
  readonly into: string
}

/** Returns the path of the tarball. Asserts that packing leaves the workspace's folder as it was. */
export async function packWorkspace({ name, files, into }: PackedWorkspace): Promise<string> {
  for (const shared of ['tsconfig.json', 'tsconfig.base.json', 'LICENSE', 'tools']) {
    await cp(join(root, shared), join(into, shared), { recursive: true })
  }
  await symlink(join(root, 'node_modules'), join(into, 'node_modules'))
  const workspace = join(into, name)
  for (const file of files) {
    await cp(join(root, name, file), join(workspace, file), { recursive: true })
  }
  await run('npm', ['pack', '--silent', '--pack-destination', into], { cwd: workspace })
  assert.deepEqual(await readdir(workspace), [...files, 'dist'].toSorted())
  const [before, after] = await Promise.all(
    [root, into].map((folder) => readFile(join(folder, name, 'package.json'), 'utf8')),
  )
  assert.equal(after, before)
  return join(into, (await readdir(into)).find((file) => file.endsWith('.tgz')) ?? '')
}

// Runs after every `npm ci`: bundles the browser code, so that production starts on a read-only disk.
// Plain JavaScript, because npm may run it on any Node from 18 on.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findNode } from './find-node.mjs'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const node = findNode(root)

// An image's first layer may hold the manifests and the tools alone: there is nothing to build yet.
if (existsSync(join(root, 'app', 'web', 'assets', 'built-assets.ts'))) {
  if (node === undefined) console.error('Node 26 is missing: the browser code was not built.')
  else {
    const { status } = spawnSync(node, [join(root, 'tools', 'build.ts')], { stdio: 'inherit' })
    process.exitCode = status ?? 1
  }
}

// Finds a Node that runs TypeScript: the one that runs this, or the one that arrived with npm. Plain JavaScript.
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Returns the path of a Node 26 or newer, or undefined. */
export function findNode(root) {
  if (Number(process.versions.node.split('.')[0]) >= 26) return process.execPath
  const own = join(root, 'node_modules', 'node', 'bin', 'node')
  return existsSync(own) ? own : undefined
}

// Compares what npm installed with what package-lock.json names, by npm's own record of it. Plain JavaScript.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Returns 'nothing' when npm has not run here, 'other' when a package that production needs is missing or of another
 * version, 'production' when only what development adds is, else 'all'.
 */
export function findInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return 'nothing'
  const installed = readPackages(record)
  const isMissing = ([path, { version, integrity, optional, devOptional }]) =>
    path !== '' &&
    !optional &&
    !devOptional &&
    (installed[path] === undefined ||
      installed[path].version !== version ||
      installed[path].integrity !== integrity)
  const missing = Object.entries(readPackages(join(root, 'package-lock.json'))).filter(isMissing)
  if (missing.length === 0) return 'all'
  return missing.every(([, { dev }]) => dev) ? 'production' : 'other'
}

function readPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages
}

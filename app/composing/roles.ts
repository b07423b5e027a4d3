// The roles of a node: `web` serves pages, `worker` sends changes and syncs, `all` does both.
import type { Config } from '../config/config.ts'
import type { Background } from '../work/work.ts'

type Role = Config['role']

export function works(role: Role): boolean {
  return role !== 'web'
}

/** Returns true for an address that a node of this role serves: a worker serves health checks only. */
export function serves(role: Role, pathname: string, healthPaths: readonly string[]): boolean {
  return role !== 'worker' || healthPaths.includes(pathname)
}

/**
 * Returns what parts use to start work right after a request. On a `web` node it starts nothing: the work is
 * due in the database, where a worker finds it within seconds.
 */
export function backgroundFor(role: Role, background: Background): Background {
  return works(role) ? background : { ...background, run: () => {}, kick: () => {} }
}

// A key ring that can change while Taskr serves: `file:/path` in place of the keys themselves. The file holds the same
// text, is checked whenever a key is needed, and is replaced as a whole, so it is never read half-written.
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { readKeyRing, type KeyRing, type KeyRingReading } from './key-ring.ts'

const prefix = 'file:'

/** Reads TASKR_KEYS: either a key ring, or `file:` and a path to one. */
export function openKeyRing(text: string): KeyRingReading {
  if (!text.startsWith(prefix)) return readKeyRing(text)
  const path = text.slice(prefix.length)
  const first = readKeyFile(path)
  return first.kind === 'read' ? { kind: 'read', ring: liveRing(path, first.ring) } : first
}

export function readKeyFile(path: string): KeyRingReading {
  try {
    return readKeyRing(readFileSync(path, 'utf8').trim().replaceAll('\n', ','))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    return { kind: 'refused', problem: `The file that TASKR_KEYS names cannot be read (${code}).` }
  }
}

/** Replaces a file's content atomically. */
export function replaceFile(path: string, text: string): void {
  const next = `${path}.next`
  writeFileSync(next, `${text}\n`, { mode: 0o600 })
  renameSync(next, path)
}

/** The file that reports how many values each key seals: `{"k1":0,"k2":214}`. */
export function statusPathOf(path: string): string {
  return `${path}.status`
}

/** Reloads the ring when the file changes. If a version cannot be read, the last good one stays in use. */
function liveRing(path: string, first: KeyRing): KeyRing {
  let ring = first
  let seen = versionOf(path)
  let reported = ''
  const latest = (): KeyRing => {
    const version = versionOf(path)
    if (version !== seen) {
      seen = version
      const reading = readKeyFile(path)
      if (reading.kind === 'read') ring = reading.ring
    }
    return ring
  }
  return {
    get current() {
      return latest().current
    },
    get ids() {
      return latest().ids
    },
    find: (id) => latest().find(id),
    report: (use) => {
      const text = JSON.stringify(use)
      if (text !== reported) replaceFile(statusPathOf(path), text)
      reported = text
    },
  }
}

function versionOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true })
  return stat === undefined ? '' : `${stat.ino}.${stat.mtimeNs}.${stat.size}`
}

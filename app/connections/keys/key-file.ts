// A key ring that can change while Taskr serves: `file:/path` in place of the keys themselves. The file holds the same
// text, is checked whenever a key is needed, and is replaced as a whole, so it is never read half-written.
import {
  chmodSync,
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { readKeyRing, type KeyRing, type KeyRingReading } from './key-ring.ts'

const prefix = 'file:'

/** Reads TASKR_KEYS: either a key ring, or `file:` and a path to one. */
export function openKeyRing(text: string): KeyRingReading {
  if (!text.startsWith(prefix)) return readKeyRing(text)
  const path = text.slice(prefix.length)
  const first = readKeyFile(path)
  return first.kind === 'read' ? { kind: 'read', ring: liveRing(path, first.ring) } : first
}

/** A group may read the file, because container platforms grant access to mounted secrets that way. */
const forbiddenMode = 0o027

/** True when TASKR_KEYS names a file that other users can read or change. */
export function isOpenToOthers(text: string): boolean {
  if (!text.startsWith(prefix)) return false
  const stat = statSync(text.slice(prefix.length), { throwIfNoEntry: false })
  return stat !== undefined && (stat.mode & forbiddenMode) !== 0
}

export function readKeyFile(path: string): KeyRingReading {
  try {
    return readKeyRing(readFileSync(path, 'utf8').trim().replaceAll('\n', ','))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    return { kind: 'refused', problem: `The file that TASKR_KEYS names cannot be read (${code}).` }
  }
}

/**
 * Replaces a file's content atomically and keeps its owner and mode. A new file is readable by its owner only. Throws
 * without a change when the owner cannot be kept, because Taskr might then be unable to read the file.
 */
export function replaceFile(path: string, text: string): void {
  const old = statSync(path, { throwIfNoEntry: false })
  const next = `${path}.next`
  try {
    const file = openSync(next, 'w', 0o600)
    try {
      writeFileSync(file, `${text}\n`)
      // A power failure must not leave an empty file in place of the keys.
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    if (old !== undefined) keepOwner(next, old)
    renameSync(next, path)
  } catch (error) {
    rmSync(next, { force: true })
    throw error
  }
}

function keepOwner(
  path: string,
  old: { readonly uid: number; readonly gid: number; readonly mode: number },
): void {
  const { uid, gid } = statSync(path)
  if (uid !== old.uid || gid !== old.gid) chownSync(path, old.uid, old.gid)
  chmodSync(path, old.mode & 0o777)
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
      if (text === reported) return 'unchanged'
      reported = text
      return writeReport(path, text)
    },
  }
}

/** A secret is often mounted read-only; the ring works without the report beside it. */
function writeReport(path: string, text: string): 'stored' | 'not-stored' {
  try {
    replaceFile(statusPathOf(path), text)
    return 'stored'
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') return 'not-stored'
    throw error
  }
}

function versionOf(path: string): string {
  const stat = statSync(path, { throwIfNoEntry: false, bigint: true })
  return stat === undefined ? '' : `${stat.ino}.${stat.mtimeNs}.${stat.size}`
}

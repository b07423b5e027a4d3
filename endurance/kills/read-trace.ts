// Reads the strace output of a Taskr on SQLite and counts the acknowledgements that came before the database writes were
// on the disk.

export interface Traced {
  readonly acknowledged: number
  readonly syncs: number
  /** The number of acknowledgements while a write was not yet on the disk. */
  readonly early: number
}

/** True for the database, its log and its journal; the `-shm` file is memory only. */
const isDurable = (path: string): boolean => /\.db(-wal|-journal)?$/.test(path)

export function readTrace(lines: readonly string[]): Traced {
  const dirty = new Set<string>()
  /** By process, the file of an fsync call whose line in the trace is split. */
  const syncing = new Map<string, string>()
  const traced = { acknowledged: 0, syncs: 0, early: 0 }
  const synced = (path: string): void => {
    if (dirty.delete(path)) traced.syncs += 1
  }
  for (const line of lines) {
    const [, pid = '', call = '', path = '', rest = ''] =
      /^(\d+) +(\w+)\(\d+<([^>]*)>(.*)$/.exec(line) ?? []
    const resumed = /^(\d+) +<\.\.\. (?:fdatasync|fsync) resumed>.*= 0/.exec(line)?.[1]
    if (resumed !== undefined) synced(syncing.get(resumed) ?? '')
    if (call === 'pwrite64' && isDurable(path)) dirty.add(path)
    if (call === 'fdatasync' || call === 'fsync') {
      if (rest.endsWith('= 0')) synced(path)
      else syncing.set(pid, path)
    }
    // The process prints an acknowledged step's number on a line of its own.
    if (call === 'write' && /^, "\d+\\n"/.test(rest)) {
      traced.acknowledged += 1
      if (dirty.size > 0) traced.early += 1
    }
  }
  return traced
}

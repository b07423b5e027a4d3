// Creates folders for test databases, in memory where there is room: each database lives for a moment.

import { access, constants, mkdtemp, statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export async function createTestFolder(prefix: string): Promise<string> {
  return await mkdtemp(join((await hasRoomInMemory()) ? memoryFolder : tmpdir(), prefix))
}

// Linux keeps this folder in memory. In containers it may be tiny.
const memoryFolder = '/dev/shm'
const neededBytes = 2 ** 30

/** True when the folder that Linux keeps in memory has room for what tests keep there. */
export async function hasRoomInMemory(): Promise<boolean> {
  try {
    await access(memoryFolder, constants.W_OK)
    const { bavail, bsize } = await statfs(memoryFolder)
    return bavail * bsize >= neededBytes
  } catch {
    return false
  }
}

// How many stored values each key seals.
import type { Db } from '../database/tables.ts'
import { countRequestsSealedWith } from './authorization-request-store.ts'
import { countConnectionsSealedWith } from './connection-store.ts'
import { countRevocationsSealedWith } from './revocation-store.ts'

export async function countSealedWith(db: Db, keyId: string): Promise<number> {
  const counts = await Promise.all([
    countConnectionsSealedWith(db, keyId),
    countRevocationsSealedWith(db, keyId),
    countRequestsSealedWith(db, keyId),
  ])
  return counts.reduce((sum, count) => sum + count, 0)
}

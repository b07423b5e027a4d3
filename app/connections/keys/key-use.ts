// Counts how many stored values each key seals.
import type { Db } from '../../database/tables.ts'
import { countRequestsSealedWith } from '../connecting/authorization-request-store.ts'
import { countConnectionsSealedWith } from './sealed-connection-store.ts'
import { countRevocationsSealedWith } from './sealed-revocation-store.ts'
import type { SealedColumn } from './sealed-column.ts'

export async function countSealedWith(
  db: Db,
  keyId: string,
  elsewhere: readonly SealedColumn[],
): Promise<number> {
  const counts = await Promise.all([
    countConnectionsSealedWith(db, keyId),
    countRevocationsSealedWith(db, keyId),
    countRequestsSealedWith(db, keyId),
    ...elsewhere.map((column) => column.countSealedWith(db, keyId)),
  ])
  return counts.reduce((sum, count) => sum + count, 0)
}

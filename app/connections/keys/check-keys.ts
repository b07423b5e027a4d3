// Checks at start that the given keys open what was sealed here before. A wrong key ring would make every connection
// need reconnecting, so Taskr refuses to start with one and overwrites nothing.
import type { Database } from '../../database/open-database.ts'
import type { Db } from '../../database/tables.ts'
import { Secret } from '../../support/secret.ts'
import { addKeyCheck, listKeyChecks, type KeyCheck } from './key-check-store.ts'
import type { KeyRing } from './key-ring.ts'
import { SealError, sealedWith, type Sealer } from './seal.ts'

export type KeyCheckResult =
  | { readonly kind: 'fine' }
  | { readonly kind: 'refused'; readonly problem: string }

const knownValue = 'taskr'

export async function checkKeys(
  database: Database,
  sealer: Sealer,
  ring: KeyRing,
): Promise<KeyCheckResult> {
  const problem = findKeyProblem(sealer, await listKeyChecks(database.db))
  if (problem !== undefined) return { kind: 'refused', problem }
  await addKeyCheckFor(database.db, sealer, ring.current.id)
  return { kind: 'fine' }
}

/** Returns why the given keys do not open the stored checks; undefined when they do. */
export function findKeyProblem(sealer: Sealer, checks: readonly KeyCheck[]): string | undefined {
  for (const { keyId, sealedValue } of checks) {
    const problem = problemWith(sealer, keyId, sealedValue)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** Stores a known value sealed with the first key, unless there is one. */
export async function addKeyCheckFor(db: Db, sealer: Sealer, keyId: string): Promise<void> {
  const sealedValue = sealer.seal(placeOf(keyId), new Secret(knownValue))
  if (sealedWith(sealedValue) === keyId) await addKeyCheck(db, { keyId, sealedValue })
}

function problemWith(sealer: Sealer, keyId: string, sealedValue: string): string | undefined {
  try {
    sealer.open(placeOf(keyId), sealedValue)
    return undefined
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    return error.code === 'unknown-key'
      ? `TASKR_KEYS lacks the key ${keyId}, which sealed what this database holds. Add it, or retire it first.`
      : `The key ${keyId} of TASKR_KEYS is not the one that sealed what this database holds.`
  }
}

function placeOf(keyId: string) {
  return { field: 'key_check', accountId: '', rowId: keyId } as const
}

// Rotates keys while Taskr serves: when the ring gets a new first key, values that older keys sealed are sealed again.
// A key that seals nothing any more loses its key check and may leave the ring.
import { addKeyCheckFor } from './check-keys.ts'
import { listKeyChecks, removeKeyCheck } from './key-check-store.ts'
import { countSealedWith } from './key-use.ts'
import { rewrap, type RewrapParts, type Rewrapped } from './rewrap-columns.ts'

export interface KeptKeys extends Rewrapped {
  /** The number of stored values that each key seals, for every key that was ever used here. */
  readonly use: Readonly<Record<string, number>>
}

export async function keepKeys(parts: RewrapParts): Promise<KeptKeys> {
  const { db } = parts.database
  const current = parts.ring.current.id
  await addKeyCheckFor(db, parts.sealer, current)
  const done = await rewrap(parts)
  const use: Record<string, number> = {}
  for (const { keyId } of await listKeyChecks(db)) {
    use[keyId] = await countSealedWith(db, keyId, parts.sealedElsewhere)
    if (keyId !== current && use[keyId] === 0) await removeKeyCheck(db, keyId)
  }
  return { ...done, use }
}

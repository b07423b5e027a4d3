// A column of sealed values that belongs to another part: the functions that key rotation needs for it.
import type { Db } from '../../database/tables.ts'
import type { SealedPlace } from './seal.ts'

export interface SealedValue {
  readonly place: SealedPlace
  readonly sealed: string
}

export interface SealedColumn {
  /** Lists rows of all accounts, in the order of their row ids. */
  readonly listNotSealedWith: (
    db: Db,
    keyId: string,
    page: { readonly after: string; readonly limit: number },
  ) => Promise<readonly SealedValue[]>
  readonly countSealedWith: (db: Db, keyId: string) => Promise<number>
  /** Replaces the value only if it is still the one that was read. */
  readonly replace: (db: Db, value: SealedValue, again: string) => Promise<boolean>
}

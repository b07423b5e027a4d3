// A column of another part in which sealed values stand: what the rotation of keys needs to know of it.
import type { Db } from '../../database/tables.ts'
import type { SealedPlace } from './seal.ts'

export interface SealedValue {
  readonly place: SealedPlace
  readonly sealed: string
}

export interface SealedColumn {
  /** Over all accounts, in the order of the places' row ids. */
  readonly listNotSealedWith: (
    db: Db,
    keyId: string,
    page: { readonly after: string; readonly limit: number },
  ) => Promise<readonly SealedValue[]>
  readonly countSealedWith: (db: Db, keyId: string) => Promise<number>
  /** Only while it is still the value that was read. */
  readonly replace: (db: Db, value: SealedValue, again: string) => Promise<boolean>
}

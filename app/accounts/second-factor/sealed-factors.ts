// The sealed secrets of second factors, and the functions that key rotation needs for them.
import type { Db } from '../../database/tables.ts'
import { asFactorId } from '../../support/ids.ts'
import type { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import type { FactorPlace } from './factor-sealer.ts'
import {
  countFactorsSealedWith,
  listFactorsNotSealedWith,
  replaceSealedFactor,
  type StoredFactor,
} from './second-factor-store.ts'

type Owner = Pick<StoredFactor, 'accountId' | 'factorId'>

export function placeOfFactor({ accountId, factorId }: Owner): FactorPlace {
  return { field: 'second_factor.secret', accountId, rowId: factorId }
}

/** Returns undefined, and logs it, when no key opens the secret. */
export function openFactor(
  { factorSealer, logger }: AccountParts,
  factor: Owner & Pick<StoredFactor, 'sealedSecret'>,
): Secret | undefined {
  const secret = factorSealer.open(placeOfFactor(factor), factor.sealedSecret)
  if (secret === undefined) {
    logger.error('accounts.factor-unreadable', { accountId: factor.accountId })
  }
  return secret
}

export const sealedFactors = {
  listNotSealedWith: async (
    db: Db,
    keyId: string,
    page: { readonly after: string; readonly limit: number },
  ) => {
    const factors = await listFactorsNotSealedWith(db, keyId, page)
    return factors.map((factor) => ({
      place: placeOfFactor(factor),
      sealed: factor.sealedSecret,
    }))
  },
  countSealedWith: countFactorsSealedWith,
  replace: (
    db: Db,
    { place, sealed }: { readonly place: { readonly rowId: string }; readonly sealed: string },
    again: string,
  ) => replaceSealedFactor(db, asFactorId(place.rowId), { from: sealed, to: again }),
}

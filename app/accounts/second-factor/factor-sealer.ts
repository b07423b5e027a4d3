// How secrets of second factors are sealed, for their place. The keys belong to another part, which passes this in.
import type { Secret } from '../../support/secret.ts'

/** Where a sealed secret belongs. */
export type FactorPlace = {
  readonly field: 'second_factor.secret'
  readonly accountId: string
  readonly rowId: string
}

export type FactorSealer = {
  readonly seal: (place: FactorPlace, secret: Secret) => string
  /** Returns undefined when no key opens it. */
  readonly open: (place: FactorPlace, sealed: string) => Secret | undefined
}

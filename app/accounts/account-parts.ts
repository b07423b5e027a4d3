// The parts that the account functions depend on.

import type { Database } from '../database/open-database.ts'
import type { Mail } from '../mail/mail.ts'
import type { Clock } from '../support/clock.ts'
import type { Ids } from '../support/ids.ts'
import type { Logger } from '../support/logger.ts'
import type { RandomBytes } from '../support/random.ts'
import type { Secret } from '../support/secret.ts'
import type { SignUpRule } from './admitting/sign-up-rule.ts'
import type { Limits } from './limits/limits.ts'
import type { FactorSealer } from './second-factor/factor-sealer.ts'
import type { Passwords } from './passwords/password-hasher.ts'

export type AccountParts = {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly randomBytes: RandomBytes
  readonly passwords: Passwords
  readonly limits: Limits
  readonly logger: Logger
  readonly mail: Pick<Mail, 'isOn' | 'queue'>
  readonly linkAddresses: LinkAddresses
  readonly signUpRule: SignUpRule
  readonly factorSealer: FactorSealer
}

/** The addresses that letters name. */
export type LinkAddresses = {
  readonly verification: (secret: Secret) => string
  readonly reset: (secret: Secret) => string
  readonly signUp: (secret: Secret) => string
  readonly settings: string
}

// The parts that operators' functions depend on. The command on the server has no others.

import type { AccountParts } from '../account-parts.ts'

export type OperatingParts = Pick<
  AccountParts,
  'clock' | 'database' | 'ids' | 'linkAddresses' | 'logger' | 'mail' | 'randomBytes'
>

// Limits how often connecting may begin and how often its refusals are logged: each attempt writes a row and each
// refusal an event, so pressing a button must not fill the database.
import {
  clientNetwork,
  createCounters,
  type Admission,
  type Counter,
} from '../../accounts/accounts.ts'
import type { Database } from '../../database/open-database.ts'
import type { Clock } from '../../support/clock.ts'
import type { AccountId } from '../../support/ids.ts'

export interface ConnectLimits {
  readonly admitBeginning: (by: {
    readonly accountId: AccountId
    readonly address: string
  }) => Promise<Admission>
  /** True when this refusal is recorded in the account's audit log. */
  readonly admitNote: (accountId: AccountId) => Promise<boolean>
}

export interface ConnectLimitRules {
  readonly beginningsPerAccount: number
  readonly beginningsPerAddress: number
  readonly notedRefusalsPerAccount: number
}

/** Each limit counts ten minutes, the lifetime of an authorization request. */
export const connectLimitRules: ConnectLimitRules = {
  beginningsPerAccount: 20,
  beginningsPerAddress: 60,
  notedRefusalsPerAccount: 20,
}

const windowSeconds = 600

export function createConnectLimits(
  { database, clock }: { readonly database: Database; readonly clock: Clock },
  given: Partial<ConnectLimitRules> | undefined = {},
): ConnectLimits {
  const rules = { ...connectLimitRules, ...given }
  const { count } = createCounters(database)
  const byAccount = count('connects', rules.beginningsPerAccount, windowSeconds)
  const byAddress = count('connects-address', rules.beginningsPerAddress, windowSeconds)
  const notes = count('connect-refusals', rules.notedRefusalsPerAccount, windowSeconds)

  const take = async (counter: Counter, key: string): Promise<Admission> => {
    const { isOver, msLeft } = await counter.add(key)
    return isOver ? { kind: 'too-many', retryAt: clock.now() + msLeft } : { kind: 'admitted' }
  }

  return {
    admitBeginning: async ({ accountId, address }) => {
      const fromAddress = await take(byAddress, clientNetwork(address))
      return fromAddress.kind === 'too-many' ? fromAddress : await take(byAccount, accountId)
    },
    admitNote: async (accountId) => (await take(notes, accountId)).kind === 'admitted',
  }
}

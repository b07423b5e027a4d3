// Seals again, with the ring's first key, every value that an older key sealed. It works row by row and skips rows that
// changed meanwhile, so it may run while Taskr serves, be killed, and run again.
import { setImmediate } from 'node:timers/promises'
import type { Accounts } from '../../accounts/accounts.ts'
import type { Database } from '../../database/open-database.ts'
import { asAuthorizationRequestId, asConnectionId, asRevocationId } from '../../support/ids.ts'
import {
  listRequestsNotSealedWith,
  replaceSealedRequest,
} from '../connecting/authorization-request-store.ts'
import { listConnectionsNotSealedWith, replaceSealedTokens } from './sealed-connection-store.ts'
import type { KeyRing } from './key-ring.ts'
import { listRevocationsNotSealedWith, replaceSealedRevocation } from './sealed-revocation-store.ts'
import { SealError, type SealedPlace, type Sealer } from './seal.ts'
import type { SealedColumn } from './sealed-column.ts'

export interface RewrapParts {
  readonly database: Database
  readonly accounts: Pick<Accounts, 'recordEvent'>
  readonly sealer: Sealer
  readonly ring: KeyRing
  /** Sealed values of other parts. */
  readonly sealedElsewhere: readonly SealedColumn[]
}

export interface Rewrapped {
  readonly rewrapped: number
  /** The number of values that no key opens: their connections need reconnecting, and nothing was overwritten. */
  readonly unreadable: number
}

/** Small enough that other writers wait only a moment. */
const rowsAtOnce = 50

export async function rewrap(parts: RewrapParts): Promise<Rewrapped> {
  const counts = { rewrapped: 0, unreadable: 0 }
  const elsewhere = parts.sealedElsewhere.map(rewrapColumn)
  for (const step of [rewrapConnections, rewrapRevocations, rewrapRequests, ...elsewhere]) {
    for (let after = ''; ;) {
      const batch = await step(parts, counts, after)
      if (batch === undefined) break
      after = batch
      // SQLite answers synchronously: without this pause other work would never run.
      await setImmediate()
    }
  }
  return counts
}

interface Counts {
  rewrapped: number
  unreadable: number
}

/** Each step rewraps one batch and returns where the next begins, or undefined after the last. */
async function rewrapConnections(
  parts: RewrapParts,
  counts: Counts,
  after: string,
): Promise<string | undefined> {
  const { db } = parts.database
  const keyId = parts.ring.current.id
  const rows = await listConnectionsNotSealedWith(db, keyId, {
    after: asConnectionId(after),
    limit: rowsAtOnce,
  })
  const changes = rows.flatMap((row) => {
    const { accountId, connectionId, sealedAccessToken } = row
    const place = { field: 'attio.access_token', accountId, rowId: connectionId } as const
    const sealed = sealAgain(parts, counts, place, sealedAccessToken)
    return sealed === undefined ? [] : [{ ...row, sealed }]
  })
  await parts.database.transaction(async (db) => {
    const replaced = await replaceSealedTokens(db, changes)
    for (const { accountId, connectionId, workspaceName } of changes) {
      if (!replaced.has(connectionId)) continue
      counts.rewrapped += 1
      const details = { workspace: workspaceName, key: keyId }
      await parts.accounts.recordEvent(db, accountId, {
        kind: 'key-changed',
        connectionId,
        details,
      })
    }
  })
  return rows.at(-1)?.connectionId
}

async function rewrapRevocations(
  parts: RewrapParts,
  counts: Counts,
  after: string,
): Promise<string | undefined> {
  const { db } = parts.database
  const rows = await listRevocationsNotSealedWith(db, parts.ring.current.id, {
    after: asRevocationId(after),
    limit: rowsAtOnce,
  })
  for (const { accountId, revocationId, sealedAccessToken = '' } of rows) {
    const place = { field: 'attio.access_token', accountId, rowId: revocationId } as const
    const sealed = sealAgain(parts, counts, place, sealedAccessToken)
    if (sealed === undefined) continue
    const change = { revocationId, sealedAccessToken, sealed }
    if (await replaceSealedRevocation(db, accountId, change)) counts.rewrapped += 1
  }
  return rows.at(-1)?.revocationId
}

async function rewrapRequests(
  parts: RewrapParts,
  counts: Counts,
  after: string,
): Promise<string | undefined> {
  const { db } = parts.database
  const rows = await listRequestsNotSealedWith(db, parts.ring.current.id, {
    after: asAuthorizationRequestId(after),
    limit: rowsAtOnce,
  })
  for (const row of rows) {
    const { accountId, authorizationRequestId: rowId, sealedCodeVerifier, sealedCode } = row
    const verifier = sealAgain(
      parts,
      counts,
      { field: 'attio.code_verifier', accountId, rowId },
      sealedCodeVerifier,
    )
    const code =
      sealedCode && sealAgain(parts, counts, { field: 'attio.code', accountId, rowId }, sealedCode)
    if (verifier === undefined) continue
    if (await replaceSealedRequest(db, accountId, { ...row, verifier, code })) counts.rewrapped += 1
  }
  return rows.at(-1)?.authorizationRequestId
}

function rewrapColumn(column: SealedColumn) {
  return async (parts: RewrapParts, counts: Counts, after: string): Promise<string | undefined> => {
    const { db } = parts.database
    const page = { after, limit: rowsAtOnce }
    const values = await column.listNotSealedWith(db, parts.ring.current.id, page)
    for (const value of values) {
      const sealed = sealAgain(parts, counts, value.place, value.sealed)
      if (sealed !== undefined && (await column.replace(db, value, sealed))) counts.rewrapped += 1
    }
    return values.at(-1)?.place.rowId
  }
}

function sealAgain(
  { sealer }: RewrapParts,
  counts: Counts,
  place: SealedPlace,
  sealed: string,
): string | undefined {
  try {
    return sealer.seal(place, sealer.open(place, sealed))
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    counts.unreadable += 1
    return undefined
  }
}

// Turns an authorization code into a connection: token, identity, member, stored.
import type { ActiveIdentity } from '@taskr/attio'
import { requestAccessToken } from '@taskr/attio/oauth'
import {
  asConnectionId,
  asWorkspaceId,
  asMemberId,
  type AccountId,
  type ConnectionId,
  type RevocationId,
} from '../support/ids.ts'
import type { Db } from '../database/tables.ts'
import { Secret } from '../support/secret.ts'
import { clientWith } from './attio-clients.ts'
import type { AuthorizationRequest } from './authorization-request-store.ts'
import type { ConnectingRefusal } from './connecting-refusal.ts'
import type { ConnectionParts } from './connection-parts.ts'
import {
  addConnection,
  findConnection,
  findConnectionToWorkspace,
  renewConnection,
  withoutToken,
  type Connection,
  type SealedConnection,
} from './connection-store.ts'
import { dropHeldToken, holdToken, openHeldToken } from './held-tokens.ts'
import { identifyToken, nameOfApprover } from './identify-token.ts'
import { openConnectionToken, queueRevocation } from './queue-revocation.ts'
import { releaseHeldToken } from './revocation-store.ts'

export type Establishment =
  | {
      readonly kind: 'connected'
      readonly connection: Connection
      /** The account had a connection to this workspace already, and keeps its id. */
      readonly renewed: boolean
      /** Whoever approved, by name, when Attio said. */
      readonly memberName: string | undefined
    }
  | { readonly kind: 'refused'; readonly refusal: ConnectingRefusal }

export async function establishConnection(
  parts: ConnectionParts,
  request: AuthorizationRequest,
  code: Secret,
): Promise<Establishment> {
  const { accountId, authorizationRequestId: rowId } = request
  const verifierPlace = { field: 'attio.code_verifier', accountId, rowId } as const
  const answer = await requestAccessToken({
    endpoints: parts.attio.endpoints,
    clientId: parts.attio.clientId,
    clientSecret: parts.attio.clientSecret.reveal(),
    redirectUri: request.redirectUri,
    code: code.reveal(),
    codeVerifier: parts.sealer.open(verifierPlace, request.sealedCodeVerifier).reveal(),
    fetch: parts.fetch,
  })
  if (answer.kind !== 'granted') {
    parts.logger.warn('connections.token-request-failed', { answer })
    return refused(refusalOf(answer))
  }
  const held = await holdToken(parts, accountId, new Secret(answer.accessToken))
  return await adoptHeldToken(parts, { accountId, held, reconnects: request.reconnects })
}

async function adoptHeldToken(
  parts: ConnectionParts,
  adopting: {
    readonly accountId: AccountId
    readonly held: RevocationId
    readonly reconnects: ConnectionId | undefined
  },
): Promise<Establishment> {
  const { accountId, held, reconnects } = adopting
  const token = await openHeldToken(parts, accountId, held)
  if (token === undefined) return refused({ kind: 'unknown-request' })
  const client = clientWith(parts, token)
  const identified = await identifyToken(client, parts.attio.clientId)
  if (identified.kind === 'refused') {
    const { refusal, ...rest } = identified
    await dropHeldToken(parts, accountId, { held, ...withName(rest) })
    return refused(refusal)
  }
  const { identity } = identified
  const wanted = reconnects && (await findConnection(parts.database.db, accountId, reconnects))
  if (wanted && wanted.workspaceId !== identity.workspaceId) {
    const chosen = identity.workspaceName
    await dropHeldToken(parts, accountId, { held, workspaceName: chosen })
    return refused({ kind: 'other-workspace', chosen, wanted: withoutToken(wanted) })
  }
  const memberName = await nameOfApprover(client, identity)
  return await store(parts, { accountId, held, token, identity, memberName })
}

function isSameToken(before: ReturnType<typeof openConnectionToken>, now: Secret): boolean {
  return typeof before !== 'string' && before.reveal() === now.reveal()
}

interface Adoption {
  readonly accountId: AccountId
  readonly held: RevocationId
  readonly token: Secret
  readonly identity: ActiveIdentity
  readonly memberName: string | undefined
}

async function store(parts: ConnectionParts, adoption: Adoption): Promise<Establishment> {
  const { accountId, held, memberName, token } = adoption
  const stored = await parts.database.transaction(async (db) => {
    if ((await releaseHeldToken(db, accountId, held)) === undefined) return undefined
    const { before, connection } = await takePlace(parts, db, adoption)
    // A token that is replaced must not live on, unless Attio gave the same one again.
    if (before !== undefined && !isSameToken(openConnectionToken(parts, before), token)) {
      await queueRevocation(parts, db, before)
    }
    const { connectionId } = connection
    await parts.accounts.recordEvent(db, accountId, {
      kind: before === undefined ? 'connected' : 'reconnected',
      connectionId,
      details: { workspace: connection.workspaceName, member: memberName ?? '' },
    })
    return { connection, renewed: before !== undefined }
  })
  parts.live.changed(accountId)
  return stored === undefined
    ? refused({ kind: 'unknown-request' })
    : { kind: 'connected', ...stored, memberName }
}

/** Writes the connection over exactly what was read; when another tab was quicker, reads again. */
async function takePlace(
  parts: ConnectionParts,
  db: Db,
  adoption: Adoption,
): Promise<{ before: SealedConnection | undefined; connection: Connection }> {
  const { accountId, identity, token } = adoption
  const workspaceId = asWorkspaceId(identity.workspaceId)
  for (;;) {
    const before = await findConnectionToWorkspace(db, accountId, workspaceId)
    const connection = connectionFrom(parts, adoption, before)
    const rowId = connection.connectionId
    const place = { field: 'attio.access_token', accountId, rowId } as const
    const sealed = { ...connection, sealedAccessToken: parts.sealer.seal(place, token) }
    const isWritten =
      before === undefined
        ? await addConnection(db, accountId, sealed)
        : await renewConnection(db, accountId, sealed, before.sealedAccessToken)
    if (isWritten) return { before, connection }
  }
}

function connectionFrom(
  parts: ConnectionParts,
  { accountId, identity }: Adoption,
  before: Connection | undefined,
): Connection {
  const now = parts.clock.now()
  const approver = identity.authorizedByWorkspaceMemberId
  return {
    accountId,
    connectionId: before?.connectionId ?? asConnectionId(parts.ids()),
    workspaceId: asWorkspaceId(identity.workspaceId),
    workspaceName: identity.workspaceName,
    workspaceSlug: identity.workspaceSlug,
    memberId: approver === undefined ? undefined : asMemberId(approver),
    scopes: identity.scopes,
    status: 'active',
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    checkedAt: now,
  }
}

type TokenAnswer = Exclude<Awaited<ReturnType<typeof requestAccessToken>>, { kind: 'granted' }>

function refusalOf(answer: TokenAnswer): ConnectingRefusal {
  switch (answer.kind) {
    case 'refused': {
      const unknownClient =
        answer.error === 'invalid_client' || answer.error === 'unauthorized_client'
      const later = answer.status === 429 || answer.status >= 500
      return {
        kind: unknownClient ? 'client-refused' : later ? 'attio-unreachable' : 'code-refused',
      }
    }
    case 'unreadable':
      return { kind: 'attio-unclear' }
    case 'unreachable':
      return { kind: 'attio-unreachable' }
  }
}

function withName(rest: { readonly workspaceName?: string }): { readonly workspaceName?: string } {
  return rest.workspaceName === undefined ? {} : { workspaceName: rest.workspaceName }
}

function refused(refusal: ConnectingRefusal): Establishment {
  return { kind: 'refused', refusal }
}

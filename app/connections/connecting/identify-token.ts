// Identifies a token with one `GET /v2/self`: it must be active, issued to Taskr, and have the scopes needed to read.
// A 200 alone proves nothing, because Attio also answers it for dead tokens.
import { isAttioFailure, type ActiveIdentity, type AttioClient, type Identity } from '@taskr/attio'
import { nameFrom } from '../../support/visible-text.ts'
import { withVisibleName } from '../workspace-name.ts'
import type { ConnectingRefusal } from './connecting-refusal.ts'
import { lackOf } from '../missing-scopes.ts'

export type IdentifiedToken =
  | { readonly kind: 'identified'; readonly identity: ActiveIdentity }
  | {
      readonly kind: 'refused'
      readonly refusal: ConnectingRefusal
      readonly workspaceName?: string
    }

export async function identifyToken(
  client: AttioClient,
  clientId: string,
): Promise<IdentifiedToken> {
  const identity = await identify(client)
  if ('refusal' in identity) return { kind: 'refused', refusal: identity.refusal }
  if (!identity.active) return { kind: 'refused', refusal: { kind: 'token-inactive' } }
  const { workspaceName } = identity
  if (identity.clientId !== clientId) {
    return { kind: 'refused', refusal: { kind: 'foreign-token' }, workspaceName }
  }
  const lack = lackOf(identity.scopes)
  if (lack?.costs === 'reading') {
    return {
      kind: 'refused',
      refusal: { kind: 'missing-scopes', missing: lack.scopes, workspaceName },
      workspaceName,
    }
  }
  return { kind: 'identified', identity }
}

/** Only used in the greeting, so a connection succeeds without it. */
export async function nameOfApprover(
  client: AttioClient,
  identity: ActiveIdentity,
): Promise<string | undefined> {
  if (identity.authorizedByWorkspaceMemberId === undefined) return undefined
  try {
    const member = await client.workspaceMembers.get(identity.authorizedByWorkspaceMemberId)
    return nameFrom(`${member.firstName} ${member.lastName}`).trim() || member.emailAddress
  } catch (error) {
    if (!isAttioFailure(error)) throw error
    return undefined
  }
}

async function identify(
  client: AttioClient,
): Promise<Identity | { readonly refusal: ConnectingRefusal }> {
  try {
    const identity = await client.self.identify()
    return identity.active ? withVisibleName(identity) : identity
  } catch (error) {
    if (!isAttioFailure(error)) throw error
    if (error.kind === 'response' || error.kind === 'too-large') {
      return { refusal: { kind: 'attio-unclear' } }
    }
    const retryAt = 'retryAt' in error ? error.retryAt : undefined
    return { refusal: { kind: 'attio-unreachable', retryAt } }
  }
}

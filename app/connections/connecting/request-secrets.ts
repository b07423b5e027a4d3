// Opens the sealed secrets of an authorization request. A request whose secrets were altered, moved or sealed with a
// removed key cannot be finished.
import type { Secret } from '../../support/secret.ts'
import type { AuthorizationRequest } from './authorization-request-store.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import { SealError, type SealedPlace } from '../keys/seal.ts'

export function openCodeVerifier(
  parts: ConnectionParts,
  request: AuthorizationRequest,
): Secret | undefined {
  return open(parts, request, 'attio.code_verifier', request.sealedCodeVerifier)
}

/** Also returns undefined when no secret was stored. */
export function openKeptCode(
  parts: ConnectionParts,
  request: AuthorizationRequest,
): Secret | undefined {
  const { sealedCode } = request
  return sealedCode === undefined ? undefined : open(parts, request, 'attio.code', sealedCode)
}

function open(
  parts: ConnectionParts,
  { accountId, authorizationRequestId: rowId }: AuthorizationRequest,
  field: SealedPlace['field'],
  sealed: string,
): Secret | undefined {
  try {
    return parts.sealer.open({ field, accountId, rowId }, sealed)
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    parts.logger.error('connections.request-unreadable', { rowId, error })
    return undefined
  }
}

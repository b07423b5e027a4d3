// @taskr/attio/oauth: the authorization code flow with Attio, from the request to revocation.
export { type AttioEndpoints, attioEndpoints } from '../http/endpoints.ts'
export {
  AttioNetworkError,
  AttioResponseError,
  AttioTimeoutError,
  AttioTooLargeError,
} from '../errors.ts'
export type { ActiveIdentity, Identity } from '../wire/identity.ts'
export {
  type AuthorizationRequest,
  type AuthorizationRequestOptions,
  createAuthorizationRequest,
} from './authorization-request.ts'
export {
  type AuthorizationErrorCode,
  type AuthorizationResponse,
  type AuthorizationResponseCheck,
  findResponseState,
  type InvalidReason,
  readAuthorizationResponse,
} from './authorization-response.ts'
export {
  type IntrospectionAnswer,
  type IntrospectionRequest,
  introspectAccessToken,
} from './introspection-request.ts'
export type { OAuthCallOptions, Unreachable, Unreadable } from './oauth-call.ts'
export {
  type RevocationAnswer,
  type RevocationRequest,
  revokeAccessToken,
} from './revocation-request.ts'
export {
  type AccessTokenAnswer,
  type AccessTokenRequest,
  requestAccessToken,
  type TokenErrorCode,
} from './token-request.ts'

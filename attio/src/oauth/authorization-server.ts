// Attio as an OAuth authorization server. Its addresses come from the configuration, never from an
// answer. Attio publishes no metadata document. Source: docs.attio.com/docs/oauth
import type { AuthorizationServer } from 'oauth4webapi'
import {
  addressOf,
  type AttioEndpoints,
  attioEndpoints,
  checkEndpoints,
} from '../http/endpoints.ts'

export interface AttioAuthorizationServer extends AuthorizationServer {
  readonly authorization_endpoint: string
  readonly token_endpoint: string
  readonly introspection_endpoint: string
  readonly revocation_endpoint: string
}

export function authorizationServerAt(
  endpoints: AttioEndpoints = attioEndpoints,
): AttioAuthorizationServer {
  const { app } = checkEndpoints(endpoints)
  return {
    issuer: app, // assumed: Attio documents none, and sends no `iss`
    authorization_endpoint: addressOf(app, ['authorize']).href,
    token_endpoint: addressOf(app, ['oauth', 'token']).href,
    introspection_endpoint: addressOf(app, ['oauth', 'introspect']).href,
    revocation_endpoint: addressOf(app, ['oauth', 'revoke']).href,
  }
}

// Answers GET /v2/self and /oauth/introspect. An unknown token is a normal answer here, but a malformed
// one is an error.
import type { AccessToken } from '../../world/access.ts'
import type { World } from '../../world/world.ts'
import { isTokenShaped } from './authenticate.ts'
import { refuse } from '../requests/errors.ts'

export function identify(world: World, token: string | undefined): object {
  if (!isTokenShaped(token)) {
    // Seen: 400 with the beginning of this message; the rest is assumed.
    throw refuse(
      'missing_value',
      'Token was not recognised, please check that it is provided as a Bearer token.',
    )
  }
  const accessToken = world.accessTokens.get(token)
  const workspace = accessToken && world.workspaces.get(accessToken.workspaceId)
  if (!accessToken || !workspace) return { active: false }
  return {
    active: true,
    scope: accessToken.scopes.join(' '),
    client_id: accessToken.clientId,
    token_type: 'Bearer',
    exp: null,
    iat: Math.floor(accessToken.issuedAt / 1000),
    sub: workspace.id,
    aud: accessToken.clientId,
    iss: 'attio.com',
    token_level: tokenLevel(accessToken),
    authorized_by_workspace_member_id: accessToken.memberId,
    workspace_id: workspace.id,
    workspace_name: workspace.name,
    workspace_slug: workspace.slug,
    workspace_logo_url: workspace.logoUrl,
  }
}

/** Returns "workspace" for every token: Attio does not document how an app requests a user-level token. */
function tokenLevel(_token: AccessToken): 'workspace' | 'user' {
  return 'workspace'
}

// GET /v2/self, and the same answer from /oauth/introspect. An unknown token is not an error here,
// but a malformed one is.
import type { AccessToken } from '../../world/entities.ts'
import type { World } from '../../world/world.ts'
import { isTokenShaped } from './authenticate.ts'
import { refuse } from '../requests/errors.ts'

export function identify(world: World, token: string | undefined): object {
  if (!isTokenShaped(token)) {
    // Seen: 400 with this beginning; how it goes on is assumed.
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

/** Returns "workspace" for every token: how an app asks for a user-level token is not documented. */
function tokenLevel(_token: AccessToken): 'workspace' | 'user' {
  return 'workspace'
}

// An access token of a local Attio without the way through its consent page.
import { standard, type LocalAttio } from '@taskr/local-attio'

/** Registers an app and returns a token of it for Ada's workspace Acme. */
export function issueAccessToken(
  attio: Pick<LocalAttio, 'registerApp' | 'issueAccessToken'>,
): string {
  const { clientId } = attio.registerApp({
    name: 'Taskr',
    redirectUris: ['http://localhost:3050/x'],
    scopes: [
      'task:read-write',
      'user_management:read',
      'object_configuration:read',
      'record_permission:read',
    ],
  })
  return attio.issueAccessToken({
    clientId,
    workspace: 'acme',
    memberEmail: standard.people.ada.emailAddress,
  })
}

// The checks of an authorization request, in order. Until the redirect URI is verified, a failed check
// shows the person an error page; after that, the app gets the error. A browser is never redirected to
// an unregistered address.
import { isChallengeShaped } from './pkce.ts'
import type { App, Member, Person } from '../world/access.ts'
import type { World } from '../world/world.ts'
import type { RawQuery } from './raw-query.ts'

export type AuthorizationRequest = {
  readonly world: World
  readonly query: RawQuery
  readonly person: Person | undefined
  /** The workspace that the person picked; undefined before the choice. */
  readonly workspaceId: string | undefined
}

export type Refusal =
  | {
      readonly kind: 'page'
      readonly status: 400 | 403
      readonly title: string
      readonly text: string
    }
  | { readonly kind: 'redirect'; readonly error: string; readonly description: string }
  | { readonly kind: 'sign-in' }

export type Check = {
  readonly name: string
  readonly refuse: (request: AuthorizationRequest) => Refusal | undefined
}

/** The most workspaces that may install an unpublished app. */
export const unpublishedAppLimit = 25

const notAvailable = 'Integration Not Available in this Workspace'

/** Runs the checks before the consent page is shown. */
export const requestChecks: readonly Check[] = [
  {
    name: 'known-client',
    refuse: (request) =>
      appOf(request)
        ? undefined
        : page(400, 'Unknown app', 'There is no app with this client_id here.'),
  },
  {
    name: 'oauth-enabled',
    refuse: (request) =>
      appOf(request)?.isOauthEnabled
        ? undefined
        : page(400, 'OAuth is off', 'The developer of this app has not enabled OAuth for it.'),
  },
  {
    name: 'registered-redirect-uri',
    refuse: (request) =>
      redirectUriOf(request) === undefined
        ? page(
            400,
            'Redirect URI not registered',
            'The redirect_uri has to be exactly one of those that the app has registered.',
          )
        : undefined,
  },
  {
    name: 'no-duplicate-parameters',
    refuse: ({ query }) => {
      const [name] = query.duplicates
      return name === undefined
        ? undefined
        : redirect('invalid_request', `${name} is given more than once`)
    },
  },
  {
    name: 'code-response-type',
    refuse: ({ query }) =>
      query.get('response_type') === 'code'
        ? undefined
        : redirect('unsupported_response_type', 'response_type has to be code'),
  },
  {
    name: 'pkce-s256',
    refuse: ({ query }) => {
      const challenge = query.get('code_challenge')
      const method = query.get('code_challenge_method')
      if (challenge === undefined && method === undefined) return undefined
      if (method !== 'S256') {
        return redirect('invalid_request', 'code_challenge_method has to be S256')
      }
      return isChallengeShaped(challenge ?? '')
        ? undefined
        : redirect('invalid_request', 'code_challenge has to be 43 characters of base64url')
    },
  },
  {
    name: 'signed-in',
    refuse: ({ person }) => (person ? undefined : { kind: 'sign-in' }),
  },
  {
    name: 'admin-somewhere',
    refuse: (request) =>
      membershipsOf(request).some((member) => member.accessLevel === 'admin')
        ? undefined
        : page(403, notAvailable, 'Only an admin of a workspace can authorize an app for it.'),
  },
]

/** Runs the checks before an "Allow" is accepted. */
export const grantChecks: readonly Check[] = [
  {
    name: 'own-workspace',
    refuse: (request) =>
      pickedMembership(request)
        ? undefined
        : page(400, 'No workspace picked', 'Pick one of the workspaces that you are a member of.'),
  },
  {
    name: 'admin-of-workspace',
    refuse: (request) =>
      pickedMembership(request)?.accessLevel === 'admin'
        ? undefined
        : page(403, notAvailable, 'Only an admin of this workspace can authorize an app for it.'),
  },
  {
    name: 'app-limit',
    refuse: (request) => {
      const app = appOf(request)
      if (!app || app.isPublished) return undefined
      const installations = request.world.installations.all().filter((one) => one.appId === app.id)
      const isInstalled = installations.some((one) => one.workspaceId === request.workspaceId)
      return isInstalled || installations.length < unpublishedAppLimit
        ? undefined
        : page(
            403,
            notAvailable,
            `An app that is not published can be in ${unpublishedAppLimit} workspaces at most.`,
          )
    },
  },
]

export function firstRefusal(
  checks: readonly Check[],
  request: AuthorizationRequest,
): Refusal | undefined {
  for (const check of checks) {
    const refusal = check.refuse(request)
    if (refusal) return refusal
  }
  return undefined
}

export function appOf({ world, query }: AuthorizationRequest): App | undefined {
  return world.apps.get(query.get('client_id') ?? '')
}

/** Returns the redirect URI if the app has registered exactly this one. */
export function redirectUriOf(request: AuthorizationRequest): string | undefined {
  const wanted = request.query.get('redirect_uri')
  return appOf(request)?.redirectUris.find((registered) => registered === wanted)
}

/** Returns the person's memberships that are not suspended: the workspaces to pick from. */
export function membershipsOf({ world, person }: AuthorizationRequest): Member[] {
  if (!person) return []
  return world.members
    .all()
    .filter((member) => member.personId === person.id && member.accessLevel !== 'suspended')
}

export function pickedMembership(request: AuthorizationRequest): Member | undefined {
  return membershipsOf(request).find((member) => member.workspaceId === request.workspaceId)
}

function page(status: 400 | 403, title: string, text: string): Refusal {
  return { kind: 'page', status, title, text }
}

function redirect(error: string, description: string): Refusal {
  return { kind: 'redirect', error, description }
}

// What the routes of single sign-on depend on: all parts, and the identity provider.
import type { SingleSignOn } from '../../accounts/accounts.ts'
import type { RouteParts } from '../web-parts.ts'

export interface SignOnParts extends RouteParts {
  readonly signOn: SingleSignOn
}

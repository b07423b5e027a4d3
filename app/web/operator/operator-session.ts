// Lets only operators in. To everyone else, the pages of operators do not exist.
import type { Session } from '../../accounts/accounts.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import type { WebContext } from '../web-parts.ts'

export function operatorSession(context: WebContext): Session {
  const session = signedIn(context)
  if (!session.isOperator) throw new Problem({ kind: 'not-found' })
  return session
}

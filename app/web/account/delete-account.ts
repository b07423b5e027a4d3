// POST /settings/deletion: deletes the account and everything that Taskr holds about it.
import type { Session } from '../../accounts/accounts.ts'
import { paths } from '../addresses.ts'
import { clientOfRequest } from '../client-of-request.ts'
import { sessionCookie } from '../cookies.ts'
import { signedIn } from '../pages.ts'
import { countField, readForm, textField } from '../read-form.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { refuseSettings, wrongAs, type PasswordOutcome } from './settings-answer.ts'

export async function deleteAccountFromForm(
  parts: RouteParts,
  context: WebContext,
): Promise<Response> {
  const session = signedIn(context)
  const { code, password, underWay } = await readForm(context, {
    password: textField,
    code: textField,
    underWay: countField,
  })
  const refusal =
    (await findObstacle(parts, session, underWay)) ??
    (await deleteNow(parts, context, session, { password, code }))
  if (refusal !== undefined) {
    const outcome = wrongAs('password', refusal)
    return await refuseSettings(parts, context, { form: 'deletion', outcome })
  }
  parts.cookies.remove(context, sessionCookie)
  context.header('clear-site-data', '"cache", "cookies", "storage"')
  return context.redirect(paths.home, 303)
}

/** Returns a refusal while the account cannot be deleted. `expected` is how many changes the form said would be lost. */
async function findObstacle(
  { changes, seats }: RouteParts,
  { accountId }: Session,
  expected: number,
): Promise<PasswordOutcome | undefined> {
  const shared = await seats.listShared(accountId)
  if (shared.length > 0) {
    return refusedWith(
      `Colleagues work through ${shared.join(', ')}. Under Connections, hand it over or disconnect it first.`,
    )
  }
  const { underWay } = await changes.listOpen(accountId)
  return underWay > expected ? { kind: 'refused', problems: [] } : undefined
}

async function deleteNow(
  { accounts, connections, seats, site }: RouteParts,
  context: WebContext,
  session: Session,
  given: { readonly password: string; readonly code: string },
): Promise<PasswordOutcome | undefined> {
  const outcome = await accounts.deleteAccount(
    session,
    {
      ...given,
      beforeDelete: [seats.leaveAll, connections.disconnectAll],
      afterDelete: [(accountId) => connections.forgetAccount(accountId)],
    },
    clientOfRequest(context, site),
  )
  if (outcome.kind === 'deleted') return undefined
  if (outcome.kind !== 'last-operator') return outcome
  return refusedWith('You’re the only operator. Under Operator, make another person one first.')
}

function refusedWith(message: string): PasswordOutcome {
  return { kind: 'refused', problems: [], because: message }
}

// Settings: time zone, email address, password, sessions, and deleting the account.
import { Hono } from 'hono'
import { minimumPasswordLength, type Session } from '../../accounts/accounts.ts'
import { asSessionId } from '../../support/ids.ts'
import { confirmationAddress, paths } from '../addresses.ts'
import { sessionCookie } from '../cookies.ts'
import { readForm, textField } from '../read-form.ts'
import { leaveToast } from '../toast-cookie.ts'
import { signedIn } from '../pages.ts'
import { isConfirmed } from '../confirming/is-confirmed.ts'
import { problemOf } from '../confirming/refusal.ts'
import { Problem } from '../problem.ts'
import { keepSession } from '../session-cookie.ts'
import { clientOfRequest } from '../client-of-request.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import { settingsPage, type SettingsRefusal } from './views/settings.ts'

const confirmation = confirmationAddress({ returnTo: paths.settings })

export function settingsRoutes(parts: RouteParts) {
  const { accounts, connections, cookies, seats, site } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.settings, async (context) => {
    return context.html(await page(parts, context, signedIn(context)))
  })

  routes.post(paths.timeZone, async (context) => {
    const session = signedIn(context)
    const { timeZone } = await readForm(context, { timeZone: textField })
    const outcome = await accounts.changeTimeZone(session, timeZone)
    if (outcome.kind === 'refused')
      return await again(parts, context, { form: 'time-zone', outcome })
    leaveToast(cookies, context, { kind: 'time-zone-saved', timeZone: outcome.session.timeZone })
    return context.redirect(paths.settings, 303)
  })

  routes.post(paths.password, async (context) => {
    const session = signedIn(context)
    const change = await readForm(context, {
      username: textField, // for password managers only; the account comes from the session
      currentPassword: textField,
      code: textField,
      newPassword: textField,
    })
    const sessionsBefore = await accounts.listSessions(session.accountId)
    const outcome = await accounts.changePassword(session, change, clientOfRequest(context, site))
    if (outcome.kind !== 'changed') {
      const refusal = wrongAs('currentPassword', outcome)
      return await again(parts, context, { form: 'password', outcome: refusal })
    }
    await connections.forgetRequests(session.accountId)
    keepSession(cookies, context, outcome)
    const sessionsEnded = Math.max(0, sessionsBefore.length - 1)
    leaveToast(cookies, context, { kind: 'password-changed', sessionsEnded })
    return context.redirect(paths.settings, 303)
  })

  routes.post(paths.emailAddress, async (context) => {
    const session = signedIn(context)
    const {
      addressPassword: password,
      code,
      emailAddress,
    } = await readForm(context, {
      emailAddress: textField,
      addressPassword: textField,
      code: textField,
    })
    const change = { emailAddress, password, code }
    const outcome = await accounts.changeAddress(session, change, clientOfRequest(context, site))
    switch (outcome.kind) {
      case 'link-mailed':
        leaveToast(cookies, context, { kind: 'link-mailed', emailAddress: outcome.emailAddress })
        return context.redirect(paths.settings, 303)
      case 'removed':
        leaveToast(cookies, context, { kind: 'address-removed' })
        return context.redirect(paths.settings, 303)
      case 'unchanged':
        leaveToast(cookies, context, { kind: 'unchanged' })
        return context.redirect(paths.settings, 303)
      case 'wrong':
      case 'wrong-code':
      case 'refused':
      case 'too-many':
      case 'busy': {
        const refusal = wrongAs('addressPassword', outcome)
        return await again(parts, context, { form: 'address', outcome: refusal, emailAddress })
      }
    }
  })

  routes.post(paths.otherSessionsEnding, async (context) => {
    const session = signedIn(context)
    await readForm(context, {})
    if (!isConfirmed(parts, session)) return context.redirect(confirmation, 303)
    const sessions = await accounts.endOtherSessions(session)
    leaveToast(cookies, context, { kind: 'sessions-ended', sessions })
    return context.redirect(paths.settings, 303)
  })

  routes.post(paths.sessionEnding, async (context) => {
    const session = signedIn(context)
    await readForm(context, {})
    if (!isConfirmed(parts, session)) return context.redirect(confirmation, 303)
    const ended = await accounts.endSession(session, asSessionId(context.req.param('sessionId')))
    if (!ended) throw new Problem({ kind: 'not-found' })
    leaveToast(cookies, context, { kind: 'sessions-ended', sessions: 1 })
    return context.redirect(paths.settings, 303)
  })

  routes.post(paths.accountDeletion, async (context) => {
    const session = signedIn(context)
    const { code, password, underWay } = await readForm(context, {
      password: textField,
      code: textField,
      underWay: textField,
    })
    const shared = await seats.listShared(session.accountId)
    if (shared.length > 0) {
      const message = `Colleagues work through ${shared.join(', ')}. Under Connections, hand it over or disconnect it first.`
      const outcome = { kind: 'refused', problems: [{ field: 'password', message }] } as const
      return await again(parts, context, { form: 'deletion', outcome })
    }
    // The form said how many changes would be lost; more of them need another look.
    const { underWay: lost } = await parts.changes.listOpen(session.accountId)
    if (lost > Number(underWay)) {
      const outcome = { kind: 'refused', problems: [] } as const
      return await again(parts, context, { form: 'deletion', outcome })
    }
    const outcome = await accounts.deleteAccount(
      session,
      {
        password,
        code,
        beforeDelete: [seats.leaveAll, connections.disconnectAll],
        afterDelete: [(accountId) => connections.forgetAccount(accountId)],
      },
      clientOfRequest(context, site),
    )
    if (outcome.kind === 'last-operator') {
      const message = 'You’re the only operator. Under Operator, make another person one first.'
      const refusal = { kind: 'refused', problems: [{ field: 'password', message }] } as const
      return await again(parts, context, { form: 'deletion', outcome: refusal })
    }
    if (outcome.kind !== 'deleted') {
      return await again(parts, context, {
        form: 'deletion',
        outcome: wrongAs('password', outcome),
      })
    }
    cookies.remove(context, sessionCookie)
    context.header('clear-site-data', '"cache", "cookies", "storage"')
    return context.redirect(paths.home, 303)
  })

  return routes
}

async function page(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  refused?: SettingsRefusal,
) {
  const { singleSignOn } = parts.accounts
  const [frame, sessions, address, factor, passkeys, signOn, { underWay }] = await Promise.all([
    parts.pages.appFrame(context, session),
    parts.accounts.listSessions(session.accountId),
    parts.accounts.findOwnAddress(session.accountId),
    parts.accounts.secondFactor.find(session.accountId),
    parts.accounts.passkeys.list(session.accountId),
    singleSignOn?.find(session.accountId),
    parts.changes.listOpen(session.accountId),
  ])
  return settingsPage({
    frame,
    address,
    asksForCode: factor.kind === 'on',
    passkeys: passkeys.length,
    singleSignOn: singleSignOn &&
      signOn && { ...signOn, label: singleSignOn.label, hasAddress: address.isVerified },
    timeZones: Intl.supportedValuesOf('timeZone'),
    minimumPasswordLength,
    sessions: sessions.map((one) => ({ ...one, isCurrent: one.sessionId === session.sessionId })),
    underWay,
    refused,
  })
}

async function again(
  parts: RouteParts,
  context: WebContext,
  refused: SettingsRefusal,
): Promise<Response> {
  const status =
    refused.outcome.kind === 'too-many' ? 429 : refused.outcome.kind === 'busy' ? 503 : 400
  return context.html(await page(parts, context, signedIn(context), refused), status)
}

type PasswordOutcome =
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wrong-code' }
  | SettingsRefusal['outcome']

/** Reports a wrong password or code beside the field in which it was typed. */
function wrongAs(field: string, outcome: PasswordOutcome): SettingsRefusal['outcome'] {
  return outcome.kind === 'wrong' || outcome.kind === 'wrong-code'
    ? { kind: 'refused', problems: [problemOf(outcome.kind, field)] }
    : outcome
}

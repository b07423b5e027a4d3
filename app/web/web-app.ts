// The web application: the middleware that every request passes through, and the routes behind it.
import { Hono } from 'hono'
import { createDownloads } from './stream-download.ts'
import { exportEverythingRoutes } from './account/export-everything-routes.ts'
import { eventsRoutes } from './account/events-routes.ts'
import { logInRoutes } from './account/log-in-routes.ts'
import { codeRoutes } from './second-factor/code-routes.ts'
import { passkeyRoutes } from './passkeys/passkey-routes.ts'
import { passkeyConfirmationRoutes } from './passkeys/passkey-confirmation-routes.ts'
import { passkeySignInRoutes } from './passkeys/passkey-sign-in-routes.ts'
import { twoStepRoutes } from './second-factor/two-step-routes.ts'
import { confirmationRoutes } from './confirming/confirmation-routes.ts'
import { confirmAddressRoutes } from './account/confirm-address-routes.ts'
import { forgottenPasswordRoutes } from './account/forgotten-password-routes.ts'
import { signUpRoutes } from './account/sign-up-routes.ts'
import { settingsRoutes } from './account/settings-routes.ts'
import { connectRoutes } from './connections/connect-routes.ts'
import { connectionRoutes } from './connections/connection-routes.ts'
import { createCookies } from './cookies.ts'
import { logOutRoutes } from './account/log-out-routes.ts'
import { wellKnownRoutes } from './health/well-known-routes.ts'
import { hostRule } from './middleware/host-rule.ts'
import { paths } from './addresses.ts'
import { healthRoutes } from './health/routes.ts'
import { metricsRoutes } from './health/metrics-routes.ts'
import { createMethodFinder } from './allowed-methods.ts'
import { limitBody } from './middleware/limit-body.ts'
import { readSession } from './middleware/read-session.ts'
import { createRequestLog, requestLog } from './middleware/request-log.ts'
import { sameOrigin } from './middleware/same-origin.ts'
import { createSecureHeaders, secureHeaders } from './middleware/secure-headers.ts'
import { invitationRoutes } from './seats/invitation-routes.ts'
import { offerRoutes } from './seats/offer-routes.ts'
import { peopleRoutes } from './seats/people-routes.ts'
import { seatRoutes } from './seats/seat-routes.ts'
import { operatorRoutes } from './operator/operator-routes.ts'
import { settleRoutes } from './single-sign-on/settle-routes.ts'
import { signOnRoutes } from './single-sign-on/sign-on-routes.ts'
import { createKeptPages } from './kept/kept-pages.ts'
import { createStraightAnswers, type BeginStraight } from './kept/straight-answers.ts'
import { createPages } from './pages.ts'
import { Problem } from './problem.ts'
import { pathOf } from './request-path.ts'
import { addRoutes, type Route } from './routes.ts'
import { createProblemPages } from './problems/render.ts'
import { addingRoutes } from './tasks/adding/adding-routes.ts'
import { clearingRoutes } from './tasks/clearing/clearing-routes.ts'
import { overdueRoutes } from './tasks/clearing/overdue-routes.ts'
import { bulkRoutes } from './tasks/bulk/bulk-routes.ts'
import { changeRoutes } from './tasks/changing/change-routes.ts'
import { exportRoutes } from './tasks/export-routes.ts'
import { liveRoutes } from './open-pages/live-routes.ts'
import { createOpenPages } from './open-pages/open-pages.ts'
import { lookupRoutes } from './tasks/lookups/lookup-routes.ts'
import { taskPageRoutes } from './tasks/task-page-routes.ts'
import { homePage, homeRoutes } from './tasks/home-routes.ts'
import { mailboxRoutes } from './mailbox/mailbox-routes.ts'
import { teamRoutes } from './tasks/team/team-routes.ts'
import { waitingRoutes } from './tasks/waiting/waiting-routes.ts'
import { assetRoutes } from './assets/asset-routes.ts'
import type { RouteParts, WebEnv, WebParts } from './web-parts.ts'
import { webhookRoutes } from './webhooks/webhook-routes.ts'

export { readCodeVersion } from './kept/code-version.ts'
export { addressOf, paths } from './addresses.ts'
export type { WebParts } from './web-parts.ts'
export type { BegunRequest } from './web-context.ts'
export type { BeginStraight, StraightAnswer, StraightRequest } from './kept/straight-answers.ts'

/** Each area's list of addresses stands beside its handlers. */
const routes: readonly Route[] = [
  ...signUpRoutes,
  ...logInRoutes,
  ...codeRoutes,
  ...passkeySignInRoutes,
  ...forgottenPasswordRoutes,
  ...confirmAddressRoutes,
  ...confirmationRoutes,
  ...passkeyConfirmationRoutes,
  ...settingsRoutes,
  ...twoStepRoutes,
  ...passkeyRoutes,
  ...eventsRoutes,
  ...operatorRoutes,
  ...exportEverythingRoutes,
  ...connectRoutes,
  ...connectionRoutes,
  ...offerRoutes,
  ...peopleRoutes,
  ...seatRoutes,
  ...invitationRoutes,
  ...homeRoutes,
  ...teamRoutes,
  ...waitingRoutes,
  ...overdueRoutes,
  ...clearingRoutes,
  ...taskPageRoutes,
  ...changeRoutes,
  ...addingRoutes,
  ...bulkRoutes,
  ...lookupRoutes,
  ...exportRoutes,
  ...liveRoutes,
]

const largestBody = 64 * 1024

export interface WebApp {
  readonly fetch: Hono<WebEnv>['fetch']
  readonly beginStraight: BeginStraight
}

export function createWebApp(parts: WebParts): WebApp {
  const cookies = createCookies(parts.site)
  const pages = createPages(parts, cookies)
  const problems = createProblemPages(parts, pages, cookies)
  const keptPages = createKeptPages(parts, cookies)
  const downloads = createDownloads(parts)
  const openPages = createOpenPages(parts)
  const routeParts: RouteParts = { ...parts, pages, cookies, keptPages, openPages, downloads }

  const log = createRequestLog(parts)
  const complete = createSecureHeaders(parts.site, parts.assets)

  const app = new Hono<WebEnv>({ getPath: pathOf })
  app.use(requestLog(log, parts))
  app.use(secureHeaders(complete))
  addRoutesWithoutSession(app, routeParts)
  app.use(readSession(parts, cookies))
  app.use(sameOrigin(parts.site))
  addRoutes(app, routeParts, routes)
  addOptionalRoutes(app, routeParts)
  app.onError(problems.onError)
  const methodsAt = createMethodFinder(app)
  app.notFound((context) => {
    const methods = methodsAt(context.req.path)
    if (methods.length === 0 || methods.includes(context.req.method)) {
      return problems.render(context, { kind: 'not-found' })
    }
    context.header('allow', methods.join(', '))
    return problems.render(context, { kind: 'method-not-allowed' })
  })
  const beginStraight = createStraightAnswers({
    ...routeParts,
    log,
    complete,
    renderHome: (request, session) => homePage(routeParts, request, session),
  })
  return { fetch: app.fetch, beginStraight }
}

/** Adds the routes that read no session. */
function addRoutesWithoutSession(app: Hono<WebEnv>, parts: RouteParts): void {
  app.route('/', healthRoutes(parts))
  app.route('/', metricsRoutes(parts))
  app.use(hostRule(parts.site))
  app.route('/', wellKnownRoutes(parts))
  app.route('/', assetRoutes(parts.assets))
  app.route('/', webhookRoutes(parts))
  app.use(limitBody(largestBody, () => refuse(new Problem({ kind: 'too-large' }))))
  app.use(paths.logOut, sameOrigin(parts.site))
  addRoutes(app, parts, logOutRoutes)
}

/** Adds the routes of the optional parts: single sign-on, and the mailbox of development. */
function addOptionalRoutes(app: Hono<WebEnv>, parts: RouteParts): void {
  const { singleSignOn: signOn } = parts.accounts
  if (signOn !== undefined) addRoutes(app, { ...parts, signOn }, [...signOnRoutes, ...settleRoutes])
  const { mailbox } = parts.mail
  if (mailbox !== undefined) addRoutes(app, { ...parts, mailbox }, mailboxRoutes)
}

function refuse(problem: Problem): never {
  throw problem
}

// The dashboard's front page: a form to open a developer account, or the account's apps.
import { html } from 'hono/html'
import { field, noticeLine, type Problem } from '../../pages/fields.ts'
import { icon } from '../../pages/icons.ts'
import type { Html } from '../../pages/layout.ts'
import type { App, DeveloperAccount } from '../../world/access.ts'
import { isOfProgram } from '../../people/visible-apps.ts'
import { appAddress, dashboard, newApp } from '../addresses.ts'
import { longestName } from '../names.ts'

export type FrontPage = {
  readonly account: DeveloperAccount | undefined
  readonly apps: readonly App[]
  readonly notice: string | undefined
  /** The refused input. */
  readonly refused?: { readonly name: string; readonly problems: readonly Problem[] }
}

export function frontPage(page: FrontPage): Html {
  const { account, apps, notice } = page
  const own = apps.filter((app) => !isOfProgram(app))
  const ofPrograms = apps.filter(isOfProgram)
  return html`${noticeLine(notice)} ${account ? ownApps(account, own) : opening(page)}
  ${
    ofPrograms.length === 0
      ? ''
      : html`<section class="panel" aria-labelledby="programs">
          <h2 id="programs">Registered by a program</h2>
          <p>
            Everyone sees these. The program that registered one sets its redirect URIs and scopes
            again whenever it starts.
          </p>
          ${appList(ofPrograms)}
        </section>`
  }`
}

function opening({ refused }: FrontPage): Html {
  return html`<header class="head"><h1>Create a developer account</h1></header>
    <section class="panel">
      <p>An app belongs to a company. Name yours, and you can make the first app.</p>
      <form class="stack" method="post" action="${dashboard}/account">
        ${field(
          {
            name: 'name',
            label: 'Company name',
            value: refused?.name,
            more: html`maxlength="${longestName}"`,
          },
          refused?.problems,
        )}
        <button class="primary" type="submit">Create developer account</button>
      </form>
    </section>`
}

function ownApps(account: DeveloperAccount, apps: readonly App[]): Html {
  return html`<p class="above">Developer dashboard</p>
    <header class="head">
      <h1>${account.name}</h1>
      <div class="beside">
        <a class="button primary" href="${newApp}">${icon('plus')}New app</a>
      </div>
    </header>
    <section class="panel" aria-label="Apps">
      ${
        apps.length === 0
          ? html`<div class="empty">
              <h2>No apps yet</h2>
              <p>
                An app holds what Attio knows of your program: its name, its secret, its scopes.
              </p>
            </div>`
          : appList(apps)
      }
    </section>`
}

function appList(apps: readonly App[]): Html {
  return html`<ul class="things">
    ${apps.map(
      (app) =>
        html`<li>
          <a class="what" href="${appAddress(app.id)}"
            ><strong><bdi>${app.name}</bdi></strong
            ><small>${scopesInWords(app)}</small></a
          >
          ${stateBadges(app)}
        </li>`,
    )}
  </ul>`
}

function scopesInWords({ scopes, isOauthEnabled }: App): string {
  if (!isOauthEnabled) return 'OAuth is off'
  if (scopes.length === 0) return 'OAuth is on, no scopes'
  return `OAuth is on, ${scopes.length} ${scopes.length === 1 ? 'scope' : 'scopes'}`
}

export function stateBadges(app: App): Html {
  return html`<span class="badge" ${app.isPublished ? html`data-kind="good"` : ''}
      >${app.isPublished ? 'Published' : 'In development'}</span
    >${isOfProgram(app) ? html` <span class="badge">Registered by a program</span>` : ''}`
}

// The OAuth tab: initially off; then credentials, redirect URIs and a link to the scopes.
import { html } from 'hono/html'
import { copyField, field, type Problem } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import type { App } from '../../world/access.ts'
import { appAddress } from '../addresses.ts'

export type OauthTab = {
  readonly app: App
  /** The refused redirect URI. */
  readonly refused?: { readonly address: string; readonly problems: readonly Problem[] }
}

export function oauthTab(tab: OauthTab): Html {
  const { app } = tab
  return html`${enablement(app)}
  ${app.isOauthEnabled ? html`${credentials(app)} ${redirectUris(tab)} ${scopes(app)}` : ''}`
}

function enablement(app: App): Html {
  const isOn = app.isOauthEnabled
  return html`<section class="panel" aria-labelledby="enablement">
    <h2 id="enablement">
      OAuth 2.0
      <span class="badge" ${isOn ? html`data-kind="good"` : ''}>${isOn ? 'On' : 'Off'}</span>
    </h2>
    <p>
      ${
        isOn
          ? 'Admins of workspaces can let this app in, and your program gets an access token for each.'
          : 'Enable it to get a client ID and a client secret.'
      }
    </p>
    <form method="post" action="${appAddress(app.id, 'oauth')}">
      <button
        ${isOn ? '' : html`class="primary"`}
        type="submit"
        name="enabled"
        value="${isOn ? 'no' : 'yes'}"
      >
        ${isOn ? 'Disable OAuth 2.0' : 'Enable OAuth 2.0'}
      </button>
    </form>
  </section>`
}

function credentials(app: App): Html {
  return html`<section class="panel" aria-labelledby="credentials">
    <h2 id="credentials">Credentials</h2>
    <p>Your program sends both with the code that it exchanges for a token.</p>
    <div class="copies">
      ${copyField({ id: 'client-id', label: 'Client ID', value: app.id })}
      ${copyField({ id: 'client-secret', label: 'Client Secret', value: app.clientSecret })}
    </div>
    <details class="disclosure">
      <summary>Rotate the secret</summary>
      <form class="stack" method="post" action="${appAddress(app.id, 'secret')}">
        <p class="hint">
          The old secret stops working at once. Access tokens that were granted live on.
        </p>
        <button class="danger" type="submit">Yes, make a new secret</button>
      </form>
    </details>
  </section>`
}

function redirectUris({ app, refused }: OauthTab): Html {
  return html`<section class="panel" aria-labelledby="redirect-uris">
    <h2 id="redirect-uris">Redirect URIs</h2>
    <p>Where people come back to. A request has to name one of these, letter for letter.</p>
    ${
      app.redirectUris.length === 0
        ? html`<p class="empty">None yet. The app needs one to be authorized.</p>`
        : html`<ul class="things">
            ${app.redirectUris.map(
              (address) =>
                html`<li>
                  <code class="what">${address}</code>
                  <form method="post" action="${appAddress(app.id, 'redirect-uris/removal')}">
                    <input type="hidden" name="address" value="${address}" />
                    <button class="quiet" type="submit" aria-label="Remove ${address}">
                      Remove
                    </button>
                  </form>
                </li>`,
            )}
          </ul>`
    }
    <form class="line" method="post" action="${appAddress(app.id, 'redirect-uris')}">
      ${field(
        {
          name: 'address',
          label: 'New redirect URI',
          value: refused?.address,
          isWide: true,
          more: html`inputmode="url" spellcheck="false"
          placeholder="http://localhost:3050/integrations/attio/callback"`,
        },
        refused?.problems,
      )}
      <button type="submit">Add redirect URI</button>
    </form>
  </section>`
}

function scopes(app: App): Html {
  return html`<section class="panel" aria-labelledby="scopes">
    <h2 id="scopes">Scopes</h2>
    <p>
      ${
        app.scopes.length === 0
          ? 'A token of this app can do nothing yet.'
          : `A token of this app can do what ${app.scopes.length === 1 ? 'one scope allows' : `${app.scopes.length} scopes allow`}.`
      }
      <a href="${appAddress(app.id, 'scopes')}">Configure scopes</a>
    </p>
  </section>`
}

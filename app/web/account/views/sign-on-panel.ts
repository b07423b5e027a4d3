// The settings of single sign-on: whether the account is linked, and how to change that.
import { paths } from '../../addresses.ts'
import { html, type Html } from '../../ui/html.ts'
import { signOnButton } from './sign-on-button.ts'

export type SignOnPanel = {
  readonly label: string
  /** the address that the provider named; undefined when the account is not linked */
  readonly linkedAs: string | undefined
  readonly hasPassword: boolean
  /** true when the account's address is confirmed */
  readonly hasAddress: boolean
}

export function signOnPanel(panel: SignOnPanel | undefined): Html {
  if (panel === undefined) return html``
  return html`<section class="panel" aria-labelledby="sign-on-title">
    <h2 id="sign-on-title">Single sign-on</h2>
    ${panel.linkedAs === undefined ? unlinked(panel) : linked(panel, panel.linkedAs)}
  </section>`
}

function unlinked({ hasAddress, label }: SignOnPanel): Html {
  if (!hasAddress) {
    return html`<p>To log in with <bdi>${label}</bdi>, confirm your email address first.</p>`
  }
  return html`<p>Log in with <bdi>${label}</bdi> instead of your password.</p>
    ${signOnButton({ label, verb: 'Link', returnTo: paths.settings })}`
}

function linked({ hasPassword, label }: SignOnPanel, linkedAs: string): Html {
  return html`<p>You log in with <bdi>${label}</bdi> as <bdi>${linkedAs}</bdi>.</p>
    ${
      hasPassword
        ? html`<form method="post" action="${paths.signOnEnding}">
            <button type="submit">
              <span>Unlink <bdi>${label}</bdi></span>
            </button>
          </form>`
        : html`<p>Your account has no password. To unlink it, set one first.</p>`
    }`
}

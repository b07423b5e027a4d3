// Every way in which connecting can fail, each with its own words.
import { connectAddress, paths } from '../../addresses.ts'
import { html, type Html } from '../../ui/html.ts'
import { scopeInWords } from '../../ui/scopes.ts'
import { waitInWords } from '../../ui/words.ts'

export type Refusal =
  /** Deny was pressed at Attio */
  | { readonly kind: 'denied' }
  /** the person may not approve apps in that workspace; the link is for somebody who may */
  | { readonly kind: 'not-admin'; readonly linkForAdmin?: string | undefined }
  | { readonly kind: 'request-expired' | 'request-used' | 'request-unknown' }
  | { readonly kind: 'other-account' | 'other-browser' }
  /** Attio would not exchange the code */
  | { readonly kind: 'code-refused' }
  /** Attio does not know this Taskr, or not this redirect URI: for whoever runs it */
  | { readonly kind: 'unknown-client' | 'redirect-uri-mismatch' }
  | {
      readonly kind: 'missing-scopes'
      readonly workspaceName?: string | undefined
      readonly missing: readonly string[]
    }
  | { readonly kind: 'attio-down'; readonly retryAt?: number | undefined }
  /** Attio answered something that is not what it documents */
  | { readonly kind: 'invalid-response' }
  /** on a reconnect another workspace was chosen */
  | {
      readonly kind: 'other-workspace'
      readonly connectionId: string
      readonly expected: string
      readonly chosen: string
    }
  /** an error of RFC 6749 §4.1.2.1 that has no words of its own here */
  | { readonly kind: 'other'; readonly error?: string | undefined }

export type Explanation = {
  readonly title: string
  readonly words: Html
  readonly step: Step
  readonly otherwise?: Step
}

type Step = { readonly label: string; readonly address: string }

const again: Step = { label: 'Connect Attio again', address: connectAddress() }
const home: Step = { label: 'Back to Taskr', address: paths.home }

export function explain(refusal: Refusal, now: number): Explanation {
  switch (refusal.kind) {
    case 'denied':
      return {
        title: 'You said no',
        words: html`<p>
          Attio gave Taskr nothing, and nothing was stored. If that was a slip, connect again.
        </p>`,
        step: again,
        otherwise: home,
      }
    case 'not-admin':
      return {
        title: 'An admin must approve',
        words: html`<p>
            Attio lets only admins of a workspace approve an app, and you are not one of them there.
          </p>
          ${
            refusal.linkForAdmin === undefined
              ? ''
              : html`<p>
                    Send this address to an admin, who can connect the workspace to an account of
                    their own:
                  </p>
                  <p class="address"><code>${refusal.linkForAdmin}</code></p>`
          }`,
        step: { label: 'Choose another workspace', address: connectAddress() },
        otherwise: home,
      }
    case 'request-expired':
      return {
        title: 'That took too long',
        words: html`<p>
          For your safety a connection must be approved within ten minutes. Nothing was stored.
        </p>`,
        step: again,
      }
    case 'request-used':
      return {
        title: 'This return was already used',
        words: html`<p>
          Each approval works once, and this one has. If your workspace is on the list, all is well.
        </p>`,
        step: { label: 'See connections', address: paths.connections },
      }
    case 'request-unknown':
      return {
        title: 'Taskr did not ask for this',
        words: html`<p>
          This return from Attio belongs to nothing that was begun here. Perhaps a link of somebody
          else brought you. Nothing was stored.
        </p>`,
        step: again,
        otherwise: home,
      }
    case 'other-account':
      return {
        title: 'Another account began this',
        words: html`<p>
          Connecting was begun while somebody else was signed in. Only the account that begins can
          finish, so nothing was stored.
        </p>`,
        step: again,
      }
    case 'other-browser':
      return {
        title: 'Another browser began this',
        words: html`<p>
          Connecting must be finished in the browser and the session in which it was begun. Nothing
          was stored.
        </p>`,
        step: again,
      }
    case 'code-refused':
      return {
        title: 'Attio took its approval back',
        words: html`<p>
          Attio did not accept its own code any more. That happens when a page is loaded twice or
          left open for long. Nothing was stored.
        </p>`,
        step: again,
      }
    case 'unknown-client':
      return {
        title: 'Attio does not know this Taskr',
        words: html`<p>
          The client ID or the client secret is not one that Attio knows. Whoever runs this Taskr
          finds both in Attio’s developer dashboard, on the app’s OAuth tab.
        </p>`,
        step: home,
      }
    case 'redirect-uri-mismatch':
      return {
        title: 'Attio would not send you back here',
        words: html`<p>
          This Taskr’s address is not among the app’s redirect URIs. Whoever runs it can add it in
          Attio’s developer dashboard, on the app’s OAuth tab.
        </p>`,
        step: home,
      }
    case 'missing-scopes':
      return {
        title: 'Some permissions are missing',
        words: missingScopesInWords(refusal),
        step: again,
        otherwise: home,
      }
    case 'attio-down':
      return {
        title: 'Attio does not answer',
        words: html`<p>
          Your approval could not be finished because Attio is not answering. Nothing was stored.
          ${
            refusal.retryAt === undefined
              ? 'Try again in a few minutes.'
              : `Try again ${waitInWords(refusal.retryAt, now)}.`
          }
        </p>`,
        step: again,
        otherwise: home,
      }
    case 'invalid-response':
      return {
        title: 'Attio’s answer made no sense',
        words: html`<p>
          What came back from Attio was not what Attio documents, so Taskr did not trust it. Nothing
          was stored.
        </p>`,
        step: again,
        otherwise: home,
      }
    case 'other-workspace':
      return {
        title: 'That is another workspace',
        words: html`<p>
          You were reconnecting <strong><bdi>${refusal.expected}</bdi></strong
          >, but chose <strong><bdi>${refusal.chosen}</bdi></strong> at Attio. Nothing was
          overwritten, and the new permission was given back.
        </p>`,
        step: {
          label: `Choose ${refusal.expected}`,
          address: connectAddress({ connection: refusal.connectionId }),
        },
        otherwise: { label: `Connect ${refusal.chosen} as well`, address: connectAddress() },
      }
    case 'other':
      return {
        title: 'Attio did not approve',
        words: html`<p>
          Attio ended the request without an approval. Nothing was stored.
          ${refusal.error === undefined ? '' : html`Its reason: <code>${refusal.error}</code>`}
        </p>`,
        step: again,
        otherwise: home,
      }
  }
}

function missingScopesInWords(refusal: {
  readonly workspaceName?: string | undefined
  readonly missing: readonly string[]
}): Html {
  return html`<p>
      Taskr needs a little more than
      ${
        refusal.workspaceName === undefined
          ? 'the workspace'
          : html`<strong><bdi>${refusal.workspaceName}</bdi></strong>`
      }
      gave. In Attio’s developer dashboard, on the app’s Scopes tab, these must be set:
    </p>
    ${scopeList(refusal.missing)}
    <p class="small">Whoever runs this Taskr can do that. Then connect again.</p>`
}

export function scopeList(scopes: readonly string[]): Html {
  return html`<ul class="shared" aria-label="Missing permissions">
    ${scopes.map((scope) => {
      const { label, level } = scopeInWords(scope)
      return html`<li>${label}<span>${level}</span></li>`
    })}
  </ul>`
}

// Explains every way in which connecting can fail, and offers the next step.
import type { ConnectingRefusal } from '../../../connections/connections.ts'
import { connectAddress, paths } from '../../addresses.ts'
import { html, type Html } from '../../ui/html.ts'
import { waitInWords } from '../../ui/words.ts'
import { scopeList } from './scope-list.ts'

export type Refusal =
  | Exclude<ConnectingRefusal, { readonly kind: 'other-workspace' }>
  | OtherWorkspace

type OtherWorkspace = {
  readonly kind: 'other-workspace'
  readonly connectionId: string
  readonly expected: string
  readonly chosen: string
}

export type Explanation = {
  readonly title: string
  readonly words: Html
  readonly step: Step
  readonly otherwise?: Step
}

type Step = { readonly label: string; readonly address: string }

const again: Step = { label: 'Connect Attio again', address: connectAddress() }
const home: Step = { label: 'Back to Taskr', address: paths.home }
/** Attio lets only admins approve an app. */
const notAdmin: Step = { label: 'I’m not an admin', address: paths.askAdmin }

export function explain(refusal: Refusal, now: number): Explanation {
  switch (refusal.kind) {
    case 'attio-refused':
      return notApproved(refusal.code)
    case 'attio-unreachable':
      return unreachable(refusal.retryAt, now)
    case 'missing-scopes':
      return missingScopes(refusal)
    case 'other-workspace':
      return otherWorkspace(refusal)
    case 'malformed':
    case 'foreign-issuer':
    case 'attio-unclear':
    case 'token-inactive':
    case 'foreign-token':
      return unreadable
    default:
      return explanations[refusal.kind]
  }
}

const explanations = {
  denied: {
    title: 'Connection cancelled',
    words: html`<p>Taskr got no access and stored nothing.</p>`,
    step: again,
    otherwise: notAdmin,
  },
  expired: {
    title: 'That took too long',
    words: html`<p>Connecting has to be finished within ten minutes. Nothing was stored.</p>`,
    step: again,
  },
  'used-request': {
    title: 'Already used',
    words: html`<p>
      Each approval works once, and this one was used. If your workspace is listed, all is well.
    </p>`,
    step: { label: 'See connections', address: paths.connections },
  },
  'unknown-request': {
    title: 'Taskr didn’t ask for this',
    words: html`<p>
      This answer from Attio doesn’t belong to anything you started here. Nothing was stored.
    </p>`,
    step: again,
    otherwise: home,
  },
  'other-account': {
    title: 'Started by another account',
    words: html`<p>Only the account that started connecting can finish. Nothing was stored.</p>`,
    step: again,
  },
  'other-session': {
    title: 'Started in another browser',
    words: html`<p>Finish connecting in the browser where you started. Nothing was stored.</p>`,
    step: again,
  },
  'code-refused': {
    title: 'The approval no longer works',
    words: html`<p>
      That happens when a page is loaded twice or stays open for long. Nothing was stored.
    </p>`,
    step: again,
  },
  'client-refused': {
    title: 'Attio doesn’t know this Taskr',
    words: html`<p>
      Its client ID or client secret is wrong. The person who runs this Taskr finds both in Attio’s
      developer dashboard, on the app’s OAuth tab.
    </p>`,
    step: home,
  },
} as const satisfies Record<string, Explanation>

const unreadable: Explanation = {
  title: 'Taskr couldn’t read Attio’s answer',
  words: html`<p>So Taskr didn’t trust it. Nothing was stored.</p>`,
  step: again,
  otherwise: home,
}

function notApproved(code: string): Explanation {
  return {
    title: 'Attio didn’t approve',
    words: html`<p>Nothing was stored. Attio’s reason: <code>${code}</code></p>`,
    step: again,
    otherwise: notAdmin,
  }
}

function unreachable(retryAt: number | undefined, now: number): Explanation {
  const when = retryAt === undefined ? 'in a few minutes' : waitInWords(retryAt, now)
  return {
    title: 'Can’t reach Attio',
    words: html`<p>Connecting couldn’t be finished. Nothing was stored. Try again ${when}.</p>`,
    step: again,
    otherwise: home,
  }
}

function missingScopes({
  workspaceName,
  missing,
}: {
  readonly workspaceName: string
  readonly missing: readonly string[]
}): Explanation {
  return {
    title: 'Some permissions are missing',
    words: html`<p>
        Taskr needs more permissions in <strong><bdi>${workspaceName}</bdi></strong
        >. The person who runs this Taskr sets them in Attio’s developer dashboard, on the app’s
        Scopes tab:
      </p>
      ${scopeList(missing)}`,
    step: again,
    otherwise: home,
  }
}

function otherWorkspace({ connectionId, expected, chosen }: OtherWorkspace): Explanation {
  return {
    title: 'That’s another workspace',
    words: html`<p>
      You were reconnecting <strong><bdi>${expected}</bdi></strong
      >, but chose <strong><bdi>${chosen}</bdi></strong
      >. Nothing was changed, and its access was given back.
    </p>`,
    step: {
      label: `Choose ${expected}`,
      address: connectAddress({ connection: connectionId }),
    },
    otherwise: { label: `Connect ${chosen} as well`, address: connectAddress() },
  }
}

// The page of a log-in through the identity provider that did not work: why, and the way on.
import type { WhyNotAdmitted } from '../../../accounts/accounts.ts'
import { paths } from '../../addresses.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'
import { contactLink } from '../../ui/safe-link.ts'
import { choiceInWords } from '../../ui/words.ts'

export type SignOnRefusedPage = {
  readonly frame: PageFrame
  /** what people call the provider */
  readonly label: string
  readonly why:
    | WhyNotAdmitted
    | 'denied'
    | 'invalid'
    | 'linked-already'
    | 'locked'
    | 'no-verified-address'
    | 'not-anew'
    | 'other-person'
    | 'other-address'
    | 'unknown'
    | 'unreachable'
  /** whom to reach about this server: a mailto: or https: address */
  readonly contact: string
  /** the only domains whose addresses may sign up; empty for any */
  readonly domains: readonly string[]
}

export function signOnRefusedPage(page: SignOnRefusedPage): Html {
  const { title, words } = explain(page)
  const isIn = page.frame.account !== undefined
  return cardPage(page.frame, {
    title,
    body: html`<div class="card" data-refusal="${page.why}">
      <h1>${title}</h1>
      <p>${words}</p>
      <p class="actions">
        ${
          isIn
            ? html`<a class="button primary grow" href="${paths.settings}">Settings</a>`
            : html`<a class="button primary grow" href="${paths.logIn}">Back to log in</a>`
        }
      </p>
    </div>`,
  })
}

type Explained = { readonly title: string; readonly words: Html }
type Explain = (
  page: Pick<SignOnRefusedPage, 'contact' | 'domains' | 'label'> & { readonly provider: Html },
) => Explained

function explain(page: SignOnRefusedPage): Explained {
  return explanations[page.why]({ ...page, provider: html`<bdi>${page.label}</bdi>` })
}

const invitationUsed: Explain = () => ({
  title: 'This invitation was used already',
  words: html`An account signed up with it. Log in with that account to join.`,
})

const addressNeeded: Explain = ({ domains }) => ({
  title: 'Another email address is needed',
  words: html`People with an address at <bdi>${choiceInWords(domains)}</bdi> can sign up.`,
})

const explanations: Readonly<Record<SignOnRefusedPage['why'], Explain>> = {
  unreachable: ({ label }) => ({
    title: `Can’t reach ${label}`,
    words: html`Try again in a minute. A password still works.`,
  }),
  denied: ({ provider }) => ({
    title: 'Log-in cancelled',
    words: html`${provider} didn’t let you in. If you have access there, try again.`,
  }),
  invalid: ({ provider }) => ({
    title: 'That log-in didn’t work',
    words: html`The answer from ${provider} wasn’t valid. Try again.`,
  }),
  unknown: () => ({
    title: 'That log-in is over',
    words: html`It was used already, took too long, or was begun in another browser.`,
  }),
  'no-verified-address': ({ provider }) => ({
    title: 'Your email isn’t verified',
    words: html`Verify your email at ${provider}, then log in again.`,
  }),
  'not-anew': ({ provider }) => ({
    title: 'That wasn’t a new log-in',
    words: html`${provider} didn’t ask who you are. Log out there, then confirm again.`,
  }),
  'other-person': ({ provider }) => ({
    title: 'That was another person',
    words: html`Log in at ${provider} as the person of this account, then confirm again.`,
  }),
  'other-address': ({ provider }) => ({
    title: 'Another email address',
    words: html`${provider} knows you by an address that this account hasn’t confirmed.`,
  }),
  'linked-already': ({ provider }) => ({
    title: 'Linked already',
    words: html`This account, or your account at ${provider}, is linked already.`,
  }),
  locked: ({ contact }) => ({
    title: 'This account is locked',
    words: html`Ask the operator of this server: ${contactLink(contact)}.`,
  }),
  closed: ({ contact }) => ({
    title: 'Sign-up is closed',
    words: html`Only the operator of this server can let you in: ${contactLink(contact)}.`,
  }),
  'invitation-needed': () => ({
    title: 'Sign-up is by invitation',
    words: html`Ask a colleague who uses Taskr here to invite you, then open their link.`,
  }),
  'invitation-used': invitationUsed,
  'link-expired': invitationUsed,
  'address-needed': addressNeeded,
  'other-domain': addressNeeded,
}

// The page of a person who may not sign up: why, and the way on.
import type { WhyNotAdmitted } from '../../../accounts/accounts.ts'
import { paths } from '../../addresses.ts'
import { contactLink } from '../../ui/safe-link.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'

export type SignUpRefusedPage = {
  readonly frame: PageFrame
  readonly why: Exclude<WhyNotAdmitted, 'address-needed' | 'other-domain'>
  /** true when a person can ask for a link to sign up with */
  readonly mayAskForLink: boolean
  /** whom to reach about this server: a mailto: or https: address */
  readonly contact: string
}

export function signUpRefusedPage(page: SignUpRefusedPage): Html {
  const { title, words } = explain(page)
  return cardPage(page.frame, {
    title,
    body: html`<div class="card" data-refusal="${page.why}">
      <h1>${title}</h1>
      <p>${words}</p>
      <p class="actions">
        ${
          page.why === 'link-expired' && page.mayAskForLink
            ? html`<a class="button primary grow" href="${paths.signUp}">Get a new link</a>`
            : ''
        }
        <a class="button grow" href="${paths.logIn}">Log in</a>
      </p>
    </div>`,
  })
}

function explain({ contact, mayAskForLink, why }: SignUpRefusedPage): {
  readonly title: string
  readonly words: Html
} {
  switch (why) {
    case 'closed':
      return {
        title: 'Sign-up is closed',
        words: html`Only the operator of this server can let you in: ${contactLink(contact)}.`,
      }
    case 'invitation-needed':
      return {
        title: 'Sign-up is by invitation',
        words: html`Ask a colleague who uses Taskr here to invite you, then open the link they send
        you.`,
      }
    case 'invitation-used':
      return {
        title: 'This invitation was used already',
        words: html`An account signed up with it. Log in with that account to join.`,
      }
    case 'link-expired':
      return {
        title: 'This link doesn’t work',
        words: mayAskForLink
          ? html`It was used already, or it’s too old.`
          : html`It was used already, or it’s too old. Ask for a new one: ${contactLink(contact)}.`,
      }
  }
}

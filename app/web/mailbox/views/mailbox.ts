// The pages of the mailbox: the list of kept mails, and one of them as text, with its addresses as links.
import { addressOf, paths } from '../../addresses.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'

export type MailInBox = {
  readonly number: number
  readonly to: string
  readonly subject: string
  readonly text: string
}

export function mailboxPage(page: {
  readonly frame: PageFrame
  readonly mails: readonly MailInBox[]
}): Html {
  return cardPage(page.frame, {
    title: 'Mailbox',
    body: html`<div class="card">
      <h1>Mailbox</h1>
      <p>Taskr sends no mail on this machine. It's kept here until Taskr stops.</p>
      ${
        page.mails.length === 0
          ? html`<p>No mail yet.</p>`
          : html`<ul class="mails">
              ${page.mails.map(
                ({ number, subject, to }) =>
                  html`<li>
                    <a href="${addressOf(paths.keptMail, { number: String(number) })}"
                      ><bdi>${subject}</bdi></a
                    >
                    <span>to <bdi>${to}</bdi></span>
                  </li>`,
              )}
            </ul>`
      }
    </div>`,
  })
}

export function keptMailPage(page: {
  readonly frame: PageFrame
  readonly mail: MailInBox
  /** Taskr's own, whose addresses become links. */
  readonly origin: string
}): Html {
  const { subject, text, to } = page.mail
  return cardPage(page.frame, {
    title: 'Mail',
    body: html`<div class="card mail">
      <h1><bdi>${subject}</bdi></h1>
      <p>To <bdi>${to}</bdi></p>
      ${text.split('\n\n').map((paragraph) => html`<p>${linkedParts(paragraph, page.origin)}</p>`)}
      <p class="switch"><a href="${paths.mailbox}">All mail</a></p>
    </div>`,
  })
}

function linkedParts(text: string, origin: string): readonly (Html | string)[] {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part) =>
      part.startsWith(`${origin}/`)
        ? html`<a href="${part.slice(origin.length)}">${part}</a>`
        : part,
    )
}

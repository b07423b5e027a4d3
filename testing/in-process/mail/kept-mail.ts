// Mail of a Taskr under test, which keeps it in its mailbox.
import assert from 'node:assert/strict'
import type { Taskr } from '../../../app/compose.ts'

export interface ReadMail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Answers the requests for reset links, sends what is due and returns all mail to the address, newest first. */
export async function mailTo(taskr: Taskr, address: string): Promise<readonly ReadMail[]> {
  const { accounts, mail } = taskr.parts
  await accounts.answerResetRequests()
  await mail.sendDue()
  return (mail.mailbox?.list() ?? []).filter(({ to }) => to === address)
}

/** Returns path and query of the link in the newest mail to the address. */
export async function linkMailedTo(taskr: Taskr, address: string): Promise<string> {
  const [newest] = await mailTo(taskr, address)
  const [, link] = /https?:\/\/[^/\s]+(\/\S+)/.exec(newest?.text ?? '') ?? []
  assert.ok(link !== undefined, `a link was mailed to ${address}`)
  return link
}

/** Returns the secret of a mailed link. */
export function secretOf(link: string): string {
  return new URLSearchParams(link.slice(link.indexOf('?'))).get('link') ?? ''
}

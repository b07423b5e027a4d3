// The page that shows recovery codes, once: Taskr keeps only their hashes. It does not refetch itself.
import { paths } from '../../addresses.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'
import { counted } from '../../ui/words.ts'

export type RecoveryCodesPage = {
  readonly frame: PageFrame
  readonly codes: readonly string[]
  /** how many other sessions ended, when two-step verification was just turned on */
  readonly sessionsEnded?: number
}

export function recoveryCodesPage({ codes, frame, sessionsEnded }: RecoveryCodesPage): Html {
  return cardPage(frame, {
    title: 'Your recovery codes',
    body: html`<div class="card">
      <h1>Your recovery codes</h1>
      ${sessionsEnded === undefined ? '' : html`<p>${turnedOn(sessionsEnded)}</p>`}
      <p>Save them now. Taskr can’t show them again, and earlier ones no longer work.</p>
      <ol class="codes">
        ${codes.map((code) => html`<li><code>${code}</code></li>`)}
      </ol>
      <p>Each logs you in once when you don’t have your app.</p>
      <div class="actions">
        <a class="button primary grow" href="${paths.twoStep}">I saved them</a>
      </div>
    </div>`,
  })
}

function turnedOn(sessionsEnded: number): string {
  const ended = sessionsEnded === 0 ? '' : ` ${counted(sessionsEnded, 'other session')} ended.`
  return `Two-step verification is on.${ended}`
}

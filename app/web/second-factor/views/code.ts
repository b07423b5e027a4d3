// The page that asks for a code after the password.
import { laterSummary, problemsIn, type FormRefusal } from '../../account/views/form-summary.ts'
import { logInAddress, paths } from '../../addresses.ts'
import { codeField } from '../../account/views/code-field.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'

export type CodePage = {
  readonly frame: PageFrame
  readonly username: string
  /** the Taskr address to go to afterwards */
  readonly returnTo?: string | undefined
  readonly refusal?: FormRefusal | undefined
}

export function codePage({ frame, refusal, returnTo, username }: CodePage): Html {
  const problems = problemsIn(refusal)
  return cardPage(frame, {
    title: refusal === undefined ? 'Enter your code' : 'Problem: Enter your code',
    body: html`<div class="card">
      <h1>Enter your code</h1>
      <p>To log in as <bdi>${username}</bdi>.</p>
      ${laterSummary(refusal, frame.now)}
      <form method="post" action="${paths.signInCode}" novalidate>
        ${
          returnTo === undefined
            ? ''
            : html`<input type="hidden" name="returnTo" value="${returnTo}" />`
        }
        ${codeField({ isFirst: refusal === undefined }, problems)}
        <div class="actions">
          <button class="primary grow" type="submit">Log in</button>
        </div>
      </form>
      <p class="switch">
        Not you?
        <a href="${logInAddress(returnTo === undefined ? {} : { returnTo })}">Start again</a>
      </p>
    </div>`,
  })
}

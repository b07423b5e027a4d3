// The two refusals that sign-up, log-in and password forms share: too many attempts, and a busy server.
import { problemSummary } from '../../ui/form-field.ts'
import type { Html } from '../../ui/html.ts'
import { waitInWords } from '../../ui/words.ts'

export type TriesLater =
  | { readonly kind: 'too-many'; readonly retryAt: number }
  | { readonly kind: 'busy' }

export function triesLater(outcome: TriesLater, now: number): Html {
  return outcome.kind === 'too-many'
    ? problemSummary(`Too many attempts. Try again ${waitInWords(outcome.retryAt, now)}.`)
    : problemSummary('Taskr is busy. Try again in a few seconds.')
}

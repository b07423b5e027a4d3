// The failures that every integration should be tested with.
import type { FaultAnswer } from '../faults/faulty-answer.ts'

export type CommonFault = { readonly label: string; readonly answer: FaultAnswer }

export const commonFaults: Readonly<Record<string, CommonFault>> = {
  down: { label: 'Attio is down: 503', answer: { status: 503 } },
  limited: { label: 'Too many requests: 429 with a date', answer: { status: 429 } },
  slow: { label: 'Slow: answers after 5 seconds', answer: { latencyMs: 5000 } },
  silent: { label: 'Silent: never answers', answer: { hang: true } },
  reset: { label: 'Connection reset, nothing done', answer: { reset: 'before-commit' } },
  'commit-then-drop': {
    label: 'Done, then the connection is reset',
    answer: { reset: 'after-commit' },
  },
  broken: {
    label: 'A broken page: 500 as HTML',
    answer: { status: 500, body: '<h1>Internal Server Error</h1>' },
  },
  revoked: { label: 'Token not found: 401', answer: { status: 401 } },
  cut: { label: 'Answer cut off after 20 bytes', answer: { truncate: 20 } },
  strange: { label: 'Everything in the answer is a text', answer: { shape: 'strings' } },
}

/** Describes a fault. */
export function answerInWords(answer: FaultAnswer): string {
  const common = Object.values(commonFaults).find(
    (one) => JSON.stringify(one.answer) === JSON.stringify(answer),
  )
  return common?.label ?? JSON.stringify(answer)
}

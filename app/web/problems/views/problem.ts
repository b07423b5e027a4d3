// The page for a failed request. It says what happened and what to do, without internals.
import { paths } from '../../addresses.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { cardPage } from '../../ui/layout.ts'
import { waitInWords } from '../../ui/words.ts'

export type ProblemPage = { readonly frame: PageFrame; readonly problem: PageProblem }

export type PageProblem =
  | { readonly kind: 'bad-request' }
  /** a host name of this machine that is not Taskr's */
  | { readonly kind: 'wrong-host' }
  /** a form that came from another site */
  | { readonly kind: 'cross-site' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'method-not-allowed' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'unsupported-media-type' }
  | { readonly kind: 'too-many'; readonly retryAt: number }
  | { readonly kind: 'too-many-connections'; readonly most: number }
  | { readonly kind: 'internal'; readonly requestId: string }
  | { readonly kind: 'unavailable'; readonly retryAt?: number | undefined }

export const problemStatuses = {
  'bad-request': 400,
  'wrong-host': 421,
  'cross-site': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'too-large': 413,
  'unsupported-media-type': 415,
  'too-many': 429,
  'too-many-connections': 409,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<PageProblem['kind'], number>

export function problemPage({ frame, problem }: ProblemPage): Html {
  const { title, words } = explain(problem, frame.now)
  return cardPage(frame, {
    title,
    body: html`<div class="card problem-page">
      <p class="status">${problemStatuses[problem.kind]}</p>
      <h1>${title}</h1>
      <p>${words}</p>
      ${
        problem.kind === 'internal'
          ? html`<p class="small">Reference: <code>${problem.requestId}</code></p>`
          : ''
      }
      <p class="actions"><a class="button primary grow" href="${paths.home}">Back to Taskr</a></p>
    </div>`,
  })
}

function explain(problem: PageProblem, now: number): { title: string; words: string } {
  switch (problem.kind) {
    case 'bad-request':
      return {
        title: "Taskr couldn't read that request",
        words: 'Go back, reload the page and try again. Nothing was changed.',
      }
    case 'wrong-host':
      return {
        title: 'Wrong address',
        words: 'Open Taskr at the address that it shows when it starts. Nothing was changed.',
      }
    case 'cross-site':
      return {
        title: 'That request came from another site',
        words: 'Taskr only accepts forms from its own pages. Nothing was changed.',
      }
    case 'not-found':
      return {
        title: 'Page not found',
        words: 'Check the address, or go back to your tasks.',
      }
    case 'method-not-allowed':
      return {
        title: "That isn't possible here",
        words: 'Go back and use the buttons on the page. Nothing was changed.',
      }
    case 'too-large':
      return { title: "That's too large", words: 'Go back and send less. Nothing was changed.' }
    case 'unsupported-media-type':
      return {
        title: "Taskr can't read that format",
        words: 'Go back, reload the page and try again. Nothing was changed.',
      }
    case 'too-many':
      return {
        title: 'Too many requests',
        words: `Try again ${waitInWords(problem.retryAt, now)}.`,
      }
    case 'too-many-connections':
      return {
        title: `You have ${problem.most} workspaces`,
        words: 'Disconnect one you no longer need, then connect another.',
      }
    case 'internal':
      return {
        title: 'Something went wrong',
        words: "It's our fault, and we've logged it. Try again.",
      }
    case 'unavailable':
      return {
        title: 'Taskr is unavailable',
        words:
          problem.retryAt === undefined
            ? 'Try again in a moment.'
            : `Try again ${waitInWords(problem.retryAt, now)}.`,
      }
  }
}

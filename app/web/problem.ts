// Thrown by a handler that cannot fulfil a request. problems/render.ts turns it into a page.
import type { PageProblem } from './problems/views/problem.ts'

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly problem: PageProblem

  constructor(problem: PageProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

/** Thrown when a signed-out request needs a session. Redirects to the log-in page, and back afterwards. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded'
}

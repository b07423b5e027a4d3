// Thrown by a handler that cannot answer as asked. problems/render.ts turns it into a page.
import type { PageProblem } from './problems/views/problem.ts'

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly problem: PageProblem

  constructor(problem: PageProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

/** Thrown when a signed-out request asks for a page that needs a session: leads to the log-in page and back. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded'
}

// Thrown by whatever cannot answer a request as asked. One place turns it into a page (problems/render.ts).
import type { PageProblem } from './problems/views/problem.ts'

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly problem: PageProblem

  constructor(problem: PageProblem) {
    super(problem.kind)
    this.problem = problem
  }
}

/** Thrown where somebody must be signed in and nobody is: leads to the log-in page and back. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded'
}

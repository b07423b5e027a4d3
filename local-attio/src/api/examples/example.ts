// The type of one example call that succeeds, for the generated tests.

export type Example = {
  readonly path: string
  readonly body?: unknown
  /** Scopes that this call needs in addition to those of its operation. */
  readonly moreScopes?: readonly string[]
}

/** Wraps the members of a body in `data`, as most operations require. */
export function data(members: unknown): { readonly data: unknown } {
  return { data: members }
}

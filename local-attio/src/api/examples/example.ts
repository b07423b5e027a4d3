// One call that succeeds, as the generated tests need it.

export type Example = {
  readonly path: string
  readonly body?: unknown
  /** Scopes that this very call needs beyond those of its operation. */
  readonly moreScopes?: readonly string[]
}

/** Wraps the members of a body the way most operations take them. */
export function data(members: unknown): { readonly data: unknown } {
  return { data: members }
}

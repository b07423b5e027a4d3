/** Returns a function that calls `build` the first time, and returns the same result from then on. */
export function once<Result>(build: () => Result): () => Result {
  let built: { readonly result: Result } | undefined
  return () => (built ??= { result: build() }).result
}

// Rewrites Attio's answers on their way to Taskr, as a gateway, a cache or a fault of Attio might.

export interface RewrittenAnswers {
  readonly wrap: (real: typeof globalThis.fetch) => typeof globalThis.fetch
  /** Answers these requests; `real` sends the request to the local Attio. Replaces the rule before. */
  readonly use: (rule: Rule | undefined) => void
}

/** Returns undefined for a request that the local Attio answers as usual. */
export type Rule = (
  request: { readonly method: string; readonly url: URL },
  real: () => Promise<Response>,
) => Promise<Response | undefined> | Response | undefined

export function rewriteAnswers(): RewrittenAnswers {
  let rule: Rule | undefined
  return {
    wrap: (real) => async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input)
      const method = init?.method ?? 'GET'
      const send = () => real(input, init)
      return (await rule?.({ method, url }, send)) ?? (await send())
    },
    use: (next) => {
      rule = next
    },
  }
}

/** Returns the answer with each text replaced, in its JSON. */
export async function withReplaced(
  answer: Promise<Response>,
  from: string | RegExp,
  to: string,
): Promise<Response> {
  const { status, headers } = await answer
  return new Response((await (await answer).text()).replaceAll(from, to), { status, headers })
}

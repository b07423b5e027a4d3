// A fetch that answers from a script and records the requests.

export type Step = Response | Error | ((sent: Sent) => Response | Promise<Response>)

export interface Sent {
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  readonly text: string
  readonly json: () => unknown
}

/** One step per request; the last one repeats. */
export function scriptedFetch(...steps: readonly Step[]) {
  const sent: Sent[] = []
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init)
    const text = await request.text()
    const { method, headers, url } = request
    const now = { method, headers, text, url: new URL(url), json: (): unknown => JSON.parse(text) }
    sent.push(now)
    const step = steps[Math.min(sent.length, steps.length) - 1]
    if (step === undefined) throw new Error('nothing scripted')
    if (step instanceof Error) throw step
    return step instanceof Response ? step.clone() : step(now)
  }
  return { fetch, sent }
}

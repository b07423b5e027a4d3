// Wraps Taskr's calls to Attio: holds a call where a story asks for it, and records which token each code produced.
import type { Gate } from './interleaving-steps.ts'

export interface Held {
  /** Resolves when a call is held at the gate. */
  readonly reached: Promise<void>
  readonly isReached: () => boolean
  readonly letGo: () => void
}

export interface Gates {
  readonly between: (real: typeof globalThis.fetch) => typeof globalThis.fetch
  /** Holds the next call at a gate. */
  readonly put: (gate: Gate) => Held
  /** True while a revocation is held, because its lease then does not mean that work is under way. */
  readonly holdsRevocation: () => boolean
  /** Removes the gates that no call has reached. */
  readonly open: () => void
  /** Returns every token request since the last call, with its code and the token it produced. */
  readonly takeTokenRequests: () => readonly TokenRequest[]
}

export interface TokenRequest {
  readonly code: string
  readonly token: string | undefined
}

interface Barrier extends Gate {
  readonly stop: () => Promise<void>
}

export function createGates(): Gates {
  let barrier: Barrier | undefined
  let requests: TokenRequest[] = []
  let heldRevocations = 0
  const stopAt = async (path: string, side: Gate['side']): Promise<void> => {
    if (barrier?.path !== path || barrier.side !== side) return
    const { stop } = barrier
    barrier = undefined
    await stop()
  }
  return {
    between: (real) => async (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input)
      await stopAt(pathname, 'before')
      const answer = await real(input, init)
      if (pathname === '/oauth/token') {
        const code = new URLSearchParams(await new Response(init?.body).text()).get('code') ?? ''
        const said: unknown = await answer.clone().json()
        requests.push({ code, token: answer.ok ? tokenIn(said) : undefined })
      }
      await stopAt(pathname, 'after')
      return answer
    },
    put: (gate) => {
      const reached = Promise.withResolvers<void>()
      const gone = Promise.withResolvers<void>()
      let isReached = false
      const stop = async (): Promise<void> => {
        isReached = true
        reached.resolve()
        if (gate.path === '/oauth/revoke') heldRevocations += 1
        await gone.promise
        if (gate.path === '/oauth/revoke') heldRevocations -= 1
      }
      barrier = { ...gate, stop }
      return { reached: reached.promise, isReached: () => isReached, letGo: gone.resolve }
    },
    holdsRevocation: () => heldRevocations > 0,
    open: () => {
      barrier = undefined
    },
    takeTokenRequests: () => {
      const taken = requests
      requests = []
      return taken
    },
  }
}

function tokenIn(answer: unknown): string | undefined {
  return typeof answer === 'object' && answer !== null && 'access_token' in answer
    ? String(answer.access_token)
    : undefined
}

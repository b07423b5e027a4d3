// Counts attempts by the network that they come from: by /64, /56 and /48, with two and four times the limit for the
// wider networks.
import type { Admission, LimitParts } from './admission.ts'
import { networksOf } from './client-network.ts'
import type { Counter } from './counters.ts'
import { timesPerNetwork } from './limit-rules.ts'

export type NetworkLimit = {
  readonly take: (address: string) => Promise<Admission>
  readonly giveBack: (address: string) => Promise<void>
}

export function createNetworkLimit(
  { count, isExempt, take }: LimitParts,
  name: string,
  points: number,
  seconds: number,
): NetworkLimit {
  const counters = timesPerNetwork.map((times, step) =>
    count(step === 0 ? name : `${name}-${step}`, points * times, seconds),
  )
  const steps = (address: string): readonly (readonly [Counter, string])[] => {
    const { narrowest, wider } = networksOf(address)
    return [narrowest, ...wider].flatMap((network, step) => {
      const counter = counters[step]
      return counter === undefined ? [] : [[counter, network] as const]
    })
  }
  return {
    take: async (address) => {
      if (isExempt(address)) return { kind: 'admitted' }
      // The narrowest comes first, so that a /64 over its limit does not use up its neighbours' limit.
      for (const [counter, network] of steps(address)) {
        const admission = await take(counter, network)
        if (admission.kind === 'too-many') return admission
      }
      return { kind: 'admitted' }
    },
    giveBack: async (address) => {
      if (isExempt(address)) return
      for (const [counter, network] of steps(address)) await counter.takeBack(network)
    },
  }
}

// Makes attempts at one account wait: the fifth failure starts a wait of one minute, and each later one doubles it.
import { uncounted, type LimitParts, type TooMany } from './admission.ts'
import type { LimitRules } from './limit-rules.ts'

export type GrowingWaits = {
  readonly take: (key: string) => Promise<CodeAdmission>
  readonly forget: (key: string) => Promise<void>
}

/** `isLastBeforeWaits`: the next attempts must wait. */
export type CodeAdmission =
  | { readonly kind: 'admitted'; readonly isLastBeforeWaits: boolean }
  | TooMany

// Consecutive failures are remembered this long. With waits of 15 minutes, that is about 30 attempts.
const failuresRememberedSeconds = 6 * 3600

export function createGrowingWaits({ count, rules, take }: LimitParts, name: string): GrowingWaits {
  const failures = count(name, uncounted, failuresRememberedSeconds)
  const waits = count(`${name}-waits`, 1, rules.longestWaitSeconds)
  return {
    take: async (key) => {
      const { count } = await failures.add(key)
      const isLastBeforeWaits = count === rules.failuresBeforeWaiting
      if (count < rules.failuresBeforeWaiting) return { kind: 'admitted', isLastBeforeWaits }
      const admission = await take(waits, key, waitSeconds(rules, count))
      // A refused attempt does not count.
      if (admission.kind === 'admitted') return { ...admission, isLastBeforeWaits }
      await failures.takeBack(key)
      return admission
    },
    forget: async (key) => {
      await failures.clear(key)
      await waits.clear(key)
    },
  }
}

function waitSeconds(rules: LimitRules, failures: number): number {
  const doublings = failures - rules.failuresBeforeWaiting
  return Math.min(rules.firstWaitSeconds * 2 ** doublings, rules.longestWaitSeconds)
}

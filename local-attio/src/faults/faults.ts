// Scripted failures of answers: which requests they affect, and how.
import { readToken } from '../api/access/authenticate.ts'
import type { Clock } from '../clock.ts'
import { createFaultRules, type FaultLimits, type FaultRules } from './fault-rules.ts'
import type { FaultAnswer } from './faulty-answer.ts'
import { matchesPath } from '../journal/journal.ts'

export type Fault = FaultLimits & {
  /** Only requests with this method. */
  readonly method?: string
  /** Only requests to this path; "*" matches any text. */
  readonly path?: string
  /** Only requests with this access token. */
  readonly token?: string
  /** The effect, instead of the real answer or on it. */
  readonly answer: FaultAnswer
}

export type Faults = FaultRules<Fault> & {
  /** Returns the fault for this request; for the server. */
  meet(request: Request, path: string): { number: number; answer: FaultAnswer } | undefined
}

export function createFaults(clock: Clock): Faults {
  const rules = createFaultRules<Fault>(clock)
  return {
    ...rules,
    add: (fault) => {
      requireHeaders(fault.answer.headers ?? {})
      return rules.add(fault)
    },
    meet: (request, path) => {
      const met = rules.meet((fault) => fits(fault, request, path))
      return met && { number: met.number, answer: met.fault.answer }
    },
  }
}

/** Throws on a header that no answer can have. */
function requireHeaders(headers: Readonly<Record<string, string>>): void {
  const possible = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    try {
      possible.set(name, value)
    } catch (cause) {
      throw new Error(`"${name}" with this value is no header.`, { cause })
    }
  }
}

function fits(fault: Fault, request: Request, path: string): boolean {
  if (fault.method !== undefined && fault.method.toUpperCase() !== request.method) return false
  if (fault.path !== undefined && !matchesPath(fault.path, path)) return false
  const authorization = request.headers.get('authorization') ?? undefined
  return fault.token === undefined || fault.token === readToken(authorization)
}

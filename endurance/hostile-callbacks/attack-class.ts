// A kind of attack: its name, the rules that prevent it, and a function that performs it once.
import type { Draw } from './draw.ts'
import type { Scene } from './scene.ts'
import type { Witness } from './witness.ts'

export interface AttackClass {
  readonly name: string
  /** Rule IDs of the checklist, as in the tests' titles. */
  readonly rules: readonly string[]
  /** The relative frequency of this class; default 10. */
  readonly weight?: number
  /**
   * Set when state, session and browser are right and only the code is wrong. Only Attio can tell, so a token request is
   * allowed, but no token may result.
   */
  readonly onlyAttioCanTell?: true
  readonly needsSecondSignIn?: true
  readonly run: (scene: Scene, draw: Draw, witness: Witness) => Promise<void>
}

/** Returns a query with the parameters in random order, perhaps with unrelated ones. */
export function queryOf(draw: Draw, parameters: readonly (readonly [string, string])[]): string {
  const beside: readonly (readonly [string, string])[] = draw.chance(0.2)
    ? [[draw.pick(['scope', 'session_state', 'returnTo', 'utm_source', 'x']), draw.text(8)]]
    : []
  const query = new URLSearchParams()
  for (const [name, value] of draw.shuffled([...parameters, ...beside])) query.append(name, value)
  return `?${query.toString()}`
}

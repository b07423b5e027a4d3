// One way to attack: a name, the rules that must withstand it, and how to do it once more.
import type { Draw } from './draw.ts'
import type { Scene } from './scene.ts'
import type { Witness } from './witness.ts'

export interface AttackClass {
  readonly name: string
  /** Of the checklist; they stand in the tests' titles. */
  readonly rules: readonly string[]
  /** How often it is drawn, beside the others; default 10. */
  readonly weight?: number
  /**
   * State, session and browser are right and only the code is not: Attio alone can tell, and must be asked. What must
   * not come of it is a token.
   */
  readonly onlyAttioCanTell?: true
  readonly needsSecondSignIn?: true
  readonly run: (scene: Scene, draw: Draw, witness: Witness) => Promise<void>
}

/** A query as an attacker writes it: in any order, with something beside it. */
export function queryOf(draw: Draw, parameters: readonly (readonly [string, string])[]): string {
  const beside: readonly (readonly [string, string])[] = draw.chance(0.2)
    ? [[draw.pick(['scope', 'session_state', 'returnTo', 'utm_source', 'x']), draw.text(8)]]
    : []
  const query = new URLSearchParams()
  for (const [name, value] of draw.shuffled([...parameters, ...beside])) query.append(name, value)
  return `?${query.toString()}`
}

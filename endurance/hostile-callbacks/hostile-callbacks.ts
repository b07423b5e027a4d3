// Sends an app the given number of hostile callbacks and tallies the outcome per attack class. The same seed gives the
// same attacks, with the states and codes that the app and Attio issue in this run.
import type { AttackClass } from './attack-class.ts'
import { drawFor, type Draw } from './draw.ts'
import { parameterAttacks } from './parameter-attacks.ts'
import { personAttacks } from './person-attacks.ts'
import { connects, setScene, type Scene } from './scene.ts'
import { shapeAttacks } from './shape-attacks.ts'
import { stateAttacks } from './state-attacks.ts'
import type { Target } from './target.ts'
import { add, createWitness, nothing, type Tally } from './witness.ts'

export const attackClasses: readonly AttackClass[] = [
  ...stateAttacks,
  ...personAttacks,
  ...parameterAttacks,
  ...shapeAttacks,
]

export interface Campaign {
  readonly seed: number
  /** The number of the first attack; default 0. */
  readonly from?: number
  readonly count: number
}

export interface Outcome {
  /** Tallies by the name of the attack class. */
  readonly byClass: ReadonlyMap<string, Tally>
  /** The first few successful attacks, described, with their numbers. */
  readonly findings: readonly string[]
  /** True when a valid callback connected both before and after the attacks. */
  readonly stillConnects: boolean
}

export const noOutcome: Outcome = { byClass: new Map(), findings: [], stillConnects: true }

const findingsKept = 10

export async function attack(target: Target, campaign: Campaign): Promise<Outcome> {
  const { seed, from = 0, count } = campaign
  const witness = createWitness()
  const scene = await setScene(target, witness)
  const before = await connects(scene, scene.victim)
  await witness.accept(target)
  const possible = attackClasses.filter((one) => isPossible(one, scene))
  const byClass = new Map<string, Tally>()
  const findings: string[] = []
  for (let number = from; number < from + count; number++) {
    const draw = drawFor(seed, number)
    const drawn = drawClass(draw, possible)
    const { tally, seen } = await witness.during(target, () => drawn.run(scene, draw, witness))
    byClass.set(drawn.name, add(byClass.get(drawn.name) ?? nothing, tally))
    if (isHarmful(drawn, tally) && findings.length < findingsKept) {
      findings.push([`${drawn.name}, seed ${seed}, attack ${number}:`, ...seen].join('\n  '))
    }
    // A code that was sent to Attio is useless to the next attack.
    if (tally.tokenRequests > 0) scene.spendAll()
  }
  await target.settle()
  const after = await connects(scene, scene.victim)
  for (const { connected, answered } of [before, after]) {
    if (connected) continue
    const where = `seed ${seed}, attacks from ${from}, ${count} of them`
    findings.push(`The right callback does not connect, ${where}: ${answered}`)
  }
  return { byClass, findings, stillConnects: before.connected && after.connected }
}

export function merge(one: Outcome, other: Outcome): Outcome {
  const byClass = new Map(one.byClass)
  for (const [name, tally] of other.byClass)
    byClass.set(name, add(byClass.get(name) ?? nothing, tally))
  return {
    byClass,
    findings: [...one.findings, ...other.findings].slice(0, findingsKept),
    stillConnects: one.stillConnects && other.stillConnects,
  }
}

export function isHarmful(attackClass: AttackClass, tally: Tally): boolean {
  const asked = attackClass.onlyAttioCanTell === true ? 0 : tally.tokenRequests
  return asked + tally.tokensGranted + tally.links + tally.failures + tally.indiscretions > 0
}

function isPossible({ needsSecondSignIn }: AttackClass, { victim }: Scene): boolean {
  return needsSecondSignIn !== true || victim.otherSession !== undefined
}

function drawClass(draw: Draw, classes: readonly AttackClass[]): AttackClass {
  const weights = classes.map(({ weight = 10 }) => weight)
  const precision = 1_000
  let left = draw.below(weights.reduce((sum, weight) => sum + weight, 0) * precision) / precision
  for (const [index, weight] of weights.entries()) {
    left -= weight
    const drawn = classes[index]
    if (left < 0 && drawn !== undefined) return drawn
  }
  return draw.pick(classes)
}

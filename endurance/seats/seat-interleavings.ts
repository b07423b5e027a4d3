// Plays random stories of four people in two workspaces, two actions at a time while a third person looks at a page.
// What each person sees afterwards must be what one order of the two actions allows.
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { moment, people, type Action, type Moment, type Person } from './seat-actions.ts'
import { actionOf, after, maySee, type Model, type Outcome } from './seat-model.ts'
import type { SeatTestbed } from './seat-testbed.ts'

export interface SeatStories {
  readonly seed: number
  readonly count: number
  readonly open: () => Promise<SeatTestbed>
}

/** Counts what happened, because stories without seats prove nothing. */
export interface SeatsPlayed {
  readonly stories: number
  readonly pairs: number
  readonly joined: number
  readonly refused: number
  readonly handedOver: number
  readonly looks: number
}

export const noSeatsPlayed: SeatsPlayed = {
  stories: 0,
  pairs: 0,
  joined: 0,
  refused: 0,
  handedOver: 0,
  looks: 0,
}

const story = fc.array(moment, { minLength: 1, maxLength: 25, size: 'max' })

/** Plays stories of up to 25 pairs of actions; throws with the shortest failing story and its seed. */
export async function playSeatStories({ seed, count, open }: SeatStories): Promise<SeatsPlayed> {
  let played = noSeatsPlayed
  const property = fc.asyncProperty(story, async (moments) => {
    const testbed = await open()
    try {
      played = addSeatsPlayed(played, await playSeatStory(testbed, moments))
    } finally {
      await testbed.close()
    }
  })
  await fc.assert(property, { seed, numRuns: count })
  return played
}

async function playSeatStory(
  testbed: SeatTestbed,
  moments: readonly Moment[],
): Promise<SeatsPlayed> {
  // Several while nothing that is seen tells them apart, such as which of two invitations came last.
  let models: readonly Model[] = [testbed.model]
  const counts = { joined: 0, refused: 0, handedOver: 0, looks: 0 }
  for (const { reader, ...draws } of moments) {
    const [model = testbed.model] = models
    const [first, second] = [actionOf(model, draws.first), actionOf(model, draws.second)]
    // A person who reconnects while losing the connection gets one of their own, which is another story.
    const isAlone = first.kind === 'reconnect' || second.kind === 'reconnect'
    const [one, other, seen] = await Promise.all([
      testbed.perform(first, model),
      isAlone ? undefined : testbed.perform(second, model),
      testbed.look(reader, 0),
    ])
    const outcomes = [
      [first, one],
      [second, other],
    ] as const
    const orders = [outcomes, outcomes.toReversed()]
    const ends = models.flatMap((before) => orders.map((order) => afterAll(before, order)))
    const possible = ends.flatMap((states) => states.at(-1) ?? [])
    assert.ok(possible.length > 0, 'no order of the two actions gives these answers')
    const meanwhile = [...models, ...ends.flat()]
    for (const content of seen) assertMaySee(meanwhile, reader, content)
    await testbed.settle()
    models = await statesThatAreSeen(testbed, possible)
    for (const outcome of [one, other]) {
      if (outcome === undefined) counts.refused += 1
      if (outcome?.kind === 'joined') counts.joined += 1
    }
    if (first.kind === 'hand-over' && one !== undefined) counts.handedOver += 1
    counts.looks += 1 + 2 * people.length
  }
  const [model = testbed.model] = models
  await assertHiddenEverywhere(testbed, model)
  return { stories: 1, pairs: moments.length, ...counts }
}

/** Returns the states after each action in this order; nothing when the answers do not fit that order. */
function afterAll(model: Model, order: readonly (readonly [Action, Outcome])[]): readonly Model[] {
  const states: Model[] = []
  let now = model
  for (const [action, outcome] of order) {
    const next = after(now, action, outcome)
    if (next === undefined) return []
    states.push(next)
    now = next
  }
  return states
}

/** Returns the possible states, each once, that match everybody's list on both nodes. */
async function statesThatAreSeen(
  testbed: SeatTestbed,
  possible: readonly Model[],
): Promise<readonly Model[]> {
  const open = testbed.inAttio()
  const seen = new Map<Person, readonly string[]>()
  for (const person of people) {
    const [here, there] = [await testbed.look(person, 0), await testbed.look(person, 1)]
    assert.deepEqual(here.toSorted(), there.toSorted(), `${person} sees the same on both nodes`)
    seen.set(person, here.toSorted())
  }
  const expected = possible.map((model) => describe(listsOf(model, open)))
  const matching = possible.filter((_, at) => expected[at] === describe(seen))
  assert.ok(matching.length > 0, `${describe(seen)} is seen, and not ${expected.join(' or ')}`)
  return [...new Map(matching.map((model) => [JSON.stringify(model), model])).values()]
}

function listsOf(model: Model, open: ReadonlySet<string>): ReadonlyMap<Person, readonly string[]> {
  return new Map(
    people.map((person) => {
      const visible = model.tasks.filter((task) => maySee(model, person, task))
      const contents = visible.map(({ content }) => content)
      return [person, contents.filter((content) => open.has(content)).toSorted()]
    }),
  )
}

function describe(lists: ReadonlyMap<Person, readonly string[]>): string {
  return JSON.stringify(Object.fromEntries(lists))
}

function assertMaySee(states: readonly Model[], person: Person, content: string): void {
  const isAllowed = states.some((model) =>
    model.tasks.some((task) => task.content === content && maySee(model, person, task)),
  )
  assert.ok(isAllowed, `${person} saw ${content} during the two actions`)
}

/** A task outside a person's seat is not on its page, in the search, among completed tasks, or in the export. */
async function assertHiddenEverywhere(testbed: SeatTestbed, model: Model): Promise<void> {
  for (const person of people) {
    const hidden = model.tasks.findLast((task) => !maySee(model, person, task))
    if (hidden === undefined) continue
    const found = await testbed.findElsewhere(person, hidden.content)
    assert.deepEqual(found, [], `${person} finds ${hidden.content}`)
  }
}

export function addSeatsPlayed(one: SeatsPlayed, other: SeatsPlayed): SeatsPlayed {
  return {
    stories: one.stories + other.stories,
    pairs: one.pairs + other.pairs,
    joined: one.joined + other.joined,
    refused: one.refused + other.refused,
    handedOver: one.handedOver + other.handedOver,
    looks: one.looks + other.looks,
  }
}

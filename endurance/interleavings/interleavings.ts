// Plays random stories of two people, three tabs and two nodes, drawn from a seed. Afterwards it checks that every
// connection belongs to the account that began and finished it, that no code was sent to Attio twice, and that every live
// token has a connection or waits to be revoked.
import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import type { InterleavingTestbed } from './interleaving-testbed.ts'
import { history, type Step } from './interleaving-steps.ts'
import { playStory } from './story.ts'

export interface Stories {
  readonly seed: number
  readonly count: number
  /** The path that fast-check printed for a failure. */
  readonly path?: string
}

/** Counts what the stories did, because stories without connections prove nothing. */
export interface Played {
  readonly stories: number
  readonly steps: number
  readonly connected: number
  readonly refused: number
  readonly held: number
  readonly tokenRequests: number
}

export const nothingPlayed: Played = {
  stories: 0,
  steps: 0,
  connected: 0,
  refused: 0,
  held: 0,
  tokenRequests: 0,
}

/** Plays stories; throws with the shortest failing story and its seed. */
export async function playStories(
  testbed: InterleavingTestbed,
  { seed, count, path }: Stories,
): Promise<Played> {
  let played = nothingPlayed
  const property = fc.asyncProperty(history, async (steps) => {
    played = addPlayed(played, await playAndLook(testbed, steps))
  })
  await fc.assert(property, { seed, numRuns: count, ...(path !== undefined && { path }) })
  return played
}

export async function playAndLook(
  testbed: InterleavingTestbed,
  steps: readonly Step[],
): Promise<Played> {
  await testbed.clear()
  testbed.gates.takeTokenRequests()
  const { model, callbacks, codes, ...counts } = await playStory(testbed, steps)
  await testbed.settle()

  const stored = await testbed.storedTokens()
  const connections = stored.flatMap(({ person, workspace, token }) =>
    workspace === undefined ? [] : [{ person, workspace, token }],
  )
  const named = (one: { readonly person: string; readonly workspace: string }): string =>
    `${one.person} at ${one.workspace}`
  assert.deepEqual(connections.map(named).toSorted(), model.connections.map(named).toSorted())

  const requests = testbed.gates.takeTokenRequests()
  const sent = requests.map(({ code }) => code)
  assert.equal(new Set(sent).size, sent.length, 'a code went to Attio twice')
  assert.deepEqual(sent.toSorted(), codes.toSorted(), 'codes that should not have gone to Attio')
  for (const { person, workspace, token } of connections) {
    const granted = requests.find((request) => request.token === token)
    const brought = callbacks.find(({ code }) => code === granted?.code)
    assert.equal(brought?.callback.request.session.person, person, 'who began')
    assert.equal(brought.callback.workspace, workspace)
  }

  const alive = new Set(testbed.world.attio.control.world.accessTokens.all().map(({ id }) => id))
  const accountedFor = new Set(stored.map(({ token }) => token))
  assert.deepEqual(
    [...alive].filter((token) => !accountedFor.has(token)),
    [],
    'alive, without a connection',
  )
  assert.ok(
    connections.every(({ token }) => alive.has(token)),
    'connected, and dead',
  )
  return { ...counts, stories: 1, steps: steps.length, tokenRequests: requests.length }
}

export function addPlayed(one: Played, other: Played): Played {
  return {
    stories: one.stories + other.stories,
    steps: one.steps + other.steps,
    connected: one.connected + other.connected,
    refused: one.refused + other.refused,
    held: one.held + other.held,
    tokenRequests: one.tokenRequests + other.tokenRequests,
  }
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestAttio, noon } from '../for-tests.ts'
import { createLocalAttio } from '../local-attio.ts'
import { standard } from '../seed/standard.ts'
import { standardWorld } from '../seed/standard-world.ts'
import { World, type SeedDocuments } from './world.ts'

const acme = standard.workspaces.acme.id
const ada = { member: standard.people.ada.emailAddress, workspace: 'acme' }
const everyCollection = new World().collections.map(({ name }) => name)

/** Returns the seed at noon, and the collections that were built so far, in that order. */
function watchedSeed() {
  const built: string[] = []
  const { tasks, records, ...others } = standardWorld(noon, undefined)
  const seed: SeedDocuments = {
    ...others,
    tasks: () => {
      built.push('tasks')
      return tasks()
    },
    records: () => {
      built.push('records')
      return records()
    },
  }
  return { seed, built }
}

test('a collection of a new world is built when it is first needed, and once', () => {
  const { seed, built } = watchedSeed()
  const world = new World()
  world.seed(seed)
  assert.deepEqual(built, [])
  assert.equal(world.taskOrder(acme, 'created_at:asc').length, 24)
  assert.equal(world.tasks.all().length, 28)
  assert.deepEqual(built, ['tasks'])
  assert.equal(world.recordsOf(world.objects.all()[0]?.id ?? '').length, 5)
  assert.equal(world.records.size, 18)
  assert.deepEqual(built, ['tasks', 'records'])
})

test('the seed is the same in every order, and at every time, in which its collections are needed', () => {
  const atOnce = new World()
  atOnce.transact(() => atOnce.seed(standardWorld(noon, undefined)))
  const expected = JSON.stringify(atOnce.save())
  for (const names of [everyCollection, everyCollection.toReversed()]) {
    let now = noon
    const attio = createLocalAttio({ clock: { now: () => now } })
    now += 90 * 86_400_000
    const { world } = attio.control
    for (const name of names) world.collections.find((one) => one.name === name)?.all()
    assert.equal(JSON.stringify(world.save()), expected)
  }
})

test('an edit comes after the documents of the seed, even if it is what first needs them', () => {
  const attio = createLocalAttio({ clock: { now: () => noon } })
  const { world } = attio.control
  const added = attio.control.as(ada).addTask({ content: 'The newest' })
  assert.equal(world.tasks.size, 29)
  assert.equal(world.tasks.all().at(-1)?.id, added.id)
  assert.equal(world.taskOrder(acme, 'created_at:desc')[0]?.id, added.id)
})

test('a transaction that first needs a collection and is undone leaves the seed as it is', () => {
  const fresh = createLocalAttio({ clock: { now: () => noon } })
  const { world } = createLocalAttio({ clock: { now: () => noon } }).control
  const undone = (work: () => void): void => {
    assert.throws(() =>
      world.transact(() => {
        work()
        throw new Error('no')
      }),
    )
  }
  undone(() => world.tasks.clear())
  undone(() => world.seed(standardWorld(noon, 3)))
  assert.deepEqual(world.save(), fresh.control.save())
})

test('an empty world that is given a seed in a transaction is empty again when that is undone', () => {
  const world = new World()
  assert.throws(() =>
    world.transact(() => {
      world.seed(standardWorld(noon, undefined))
      throw new Error('no')
    }),
  )
  assert.ok(world.collections.every(({ size }) => size === 0))
})

test('a collection with documents takes no seed', () => {
  const { tasks } = standardWorld(noon, 1)
  const world = new World()
  world.tasks.seed(tasks)
  assert.throws(() => world.tasks.seed(tasks), /"tasks" has documents already/)
  assert.equal(world.tasks.size, 5)
  assert.throws(() => world.tasks.seed(tasks), /"tasks" has documents already/)
})

test('worlds share no document that an edit of one could change in another', async () => {
  const [mine, theirs] = [createTestAttio(), createTestAttio()]
  const before = JSON.stringify(theirs.control.world.records.all())
  const [company] = mine.control.world.records.all()
  const values = { name: 'Renamed', categories: ['Research'], team: [] }
  const path = `/v2/objects/companies/records/${company?.id}`
  assert.equal((await mine.call('PUT', path, { data: { values } })).status, 200)
  assert.equal(JSON.stringify(theirs.control.world.records.all()), before)
  assert.equal(JSON.stringify(createTestAttio().control.world.records.all()), before)
})

// Runs one job in a thread, on a Taskr of its own.
import { parentPort, workerData } from 'node:worker_threads'
import { attack } from '../hostile-callbacks/hostile-callbacks.ts'
import { createInterleavingTestbed } from '../interleavings/interleaving-testbed.ts'
import { nothingPlayed, playStories } from '../interleavings/interleavings.ts'
import { readMigrations } from '../../app/database/migrating/migration-files.ts'
import { createTestDatabases } from '../../testing/database/test-databases.ts'
import { noSeatsPlayed, playSeatStories } from '../seats/seat-interleavings.ts'
import { createSeatTestbed } from '../seats/seat-testbed.ts'
import { job, type Done, type Job } from './job.ts'
import { createTaskrTarget } from '../hostile-callbacks/taskr-target.ts'

const given = job.parse(workerData)
const told = await perform(given)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
parentPort?.postMessage(told)

async function perform(given: Job): Promise<Done> {
  switch (given.kind) {
    case 'callbacks':
      return await attackTaskr(given)
    case 'stories':
      return await tellStories(given)
    case 'seats':
      return await tellSeatStories(given)
  }
}

async function attackTaskr(campaign: Extract<Job, { kind: 'callbacks' }>): Promise<Done> {
  const target = await createTaskrTarget(campaign.postgresUrl)
  const { byClass, findings, stillConnects } = await attack(target, campaign)
  await target.close()
  const outcome = { byClass: new Map(byClass), findings: [...findings], stillConnects }
  return { kind: 'callbacks', outcome }
}

async function tellStories({
  postgresUrl,
  ...stories
}: Extract<Job, { kind: 'stories' }>): Promise<Done> {
  const testbed = await createInterleavingTestbed(postgresUrl)
  try {
    return { kind: 'stories', played: await playStories(testbed, stories) }
  } catch (error) {
    return { kind: 'stories', played: nothingPlayed, failure: String(error) }
  } finally {
    await testbed.close()
  }
}

async function tellSeatStories({
  postgresUrl,
  seed,
  count,
}: Extract<Job, { kind: 'seats' }>): Promise<Done> {
  const databases = postgresUrl && (await createTestDatabases(postgresUrl, readMigrations()))
  const open = async () =>
    createSeatTestbed(databases ? await databases.createMigratedUrl() : undefined)
  try {
    return { kind: 'seats', played: await playSeatStories({ seed, count, open }) }
  } catch (error) {
    const failure = error instanceof Error ? `${error.message}\n${String(error.cause)}` : 'unclear'
    return { kind: 'seats', played: noSeatsPlayed, failure }
  } finally {
    if (databases) await databases.close()
  }
}

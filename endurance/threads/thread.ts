// Runs one job in a thread, on a Taskr of its own.
import { parentPort, workerData } from 'node:worker_threads'
import { attack } from '../hostile-callbacks/hostile-callbacks.ts'
import { createInterleavingTestbed } from '../interleavings/interleaving-testbed.ts'
import { nothingPlayed, playStories } from '../interleavings/interleavings.ts'
import { job, type Done, type Job } from './job.ts'
import { createTaskrTarget } from '../hostile-callbacks/taskr-target.ts'

const given = job.parse(workerData)
const told = given.kind === 'callbacks' ? await attackTaskr(given) : await tellStories(given)
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
parentPort?.postMessage(told)

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

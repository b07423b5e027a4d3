// One batch of attacks in a thread: told what to attack, tells what came of it.
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { attack } from './hostile-callbacks.ts'
import { createTaskrTarget } from './taskr-target.ts'

const batch = z
  .object({
    seed: z.number(),
    from: z.number().default(0),
    count: z.number(),
    postgresUrl: z.string().optional(),
  })
  .parse(workerData)

const target = await createTaskrTarget(batch.postgresUrl)
const outcome = await attack(target, batch)
await target.close()
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- threads have no origin
parentPort?.postMessage(outcome)

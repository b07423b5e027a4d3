// The local Attio of `bench/sync.ts`.
import { issueAccessToken } from '../testing/access-token.ts'
import { startLocalAttio } from '@taskr/local-attio'
import { z } from 'zod'

process.once('message', (message) => {
  void start(z.object({ tasks: z.number(), latencyMs: z.number() }).parse(message))
})

async function start({ tasks, latencyMs }: { tasks: number; latencyMs: number }): Promise<void> {
  const attio = await startLocalAttio({ port: 0, seed: { tasks }, rateLimits: false })
  const accessToken = issueAccessToken(attio)
  if (latencyMs > 0) attio.control.faults.add({ path: '/v2/tasks', answer: { latencyMs } })
  process.send?.({ url: attio.url, accessToken })
}

// The local Attio of `bench/sync.ts`.
import { startLocalAttio, standard } from '@taskr/local-attio'
import { z } from 'zod'

process.once('message', (message) => {
  void start(z.object({ tasks: z.number(), latencyMs: z.number() }).parse(message))
})

async function start({ tasks, latencyMs }: { tasks: number; latencyMs: number }): Promise<void> {
  const attio = await startLocalAttio({ port: 0, seed: { tasks }, rateLimits: false })
  const { clientId } = attio.registerApp({
    name: 'Taskr',
    redirectUris: ['http://localhost:3050/x'],
    scopes: [
      'task:read-write',
      'user_management:read',
      'object_configuration:read',
      'record_permission:read',
    ],
  })
  const accessToken = attio.issueAccessToken({
    clientId,
    workspace: 'acme',
    memberEmail: standard.people.ada.emailAddress,
  })
  if (latencyMs > 0) attio.control.faults.add({ path: '/v2/tasks', answer: { latencyMs } })
  process.send?.({ url: attio.url, accessToken })
}

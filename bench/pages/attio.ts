// The local Attio of the bench. Orders: `consent` with an authorization address approves it; `latency` with a number of
// milliseconds delays every answer about tasks.
import { startLocalAttio, standard, type RunningLocalAttio } from '@taskr/local-attio'
import { beChild } from './child.ts'

const member = standard.people.ada.emailAddress
let running: RunningLocalAttio | undefined

beChild({
  start: async ({ tasks, redirectUri = '' }) => {
    const attio = await startLocalAttio({
      port: 0,
      seed: { tasks: Number(tasks) },
      rateLimits: false,
    })
    running = attio
    const { clientId, clientSecret } = attio.registerApp({
      name: 'Taskr',
      redirectUris: [redirectUri],
      scopes: [
        'task:read-write',
        'user_management:read',
        'object_configuration:read',
        'record_permission:read',
      ],
    })
    const accessToken = attio.issueAccessToken({ clientId, workspace: 'acme', memberEmail: member })
    return { url: attio.url, clientId, clientSecret, accessToken }
  },
  obey: async (order) => {
    const [verb, value = ''] = order.split(' ')
    if (running === undefined) return ''
    if (verb === 'consent') {
      const back = running.control.consent({ url: value, person: member, workspace: 'acme' })
      return back.pathname + back.search
    }
    running.control.faults.clear()
    if (Number(value) > 0) {
      running.control.faults.add({ path: '/v2/tasks', answer: { latencyMs: Number(value) } })
    }
    return ''
  },
})

// Leaks secrets on purpose, into each scanned place, as a programming mistake would. They prove that the scan works.
import { standard } from '@taskr/local-attio'
import { password as realPassword } from '../../testing/in-process/testbed.ts'
import type { Recording } from './canary-record.ts'
import { approve, assertIs } from './canary-steps.ts'

/** The leaks that the scan must find: which secret, in which kind of place. */
export const leaked = [
  'access token: body',
  'access token: set-cookie taskr_toast',
  'access token: database',
  'access token: database files',
  'password: header location',
  'client secret: log',
  'sealing key: log',
]

export async function leakOnPurpose(recording: Recording): Promise<void> {
  const { world, plant } = recording
  const jo = recording.browser()
  assertIs(
    await jo.post('/signup', { username: 'jo', password: plant('password', realPassword) }),
    303,
  )
  assertIs(await jo.get(await approve(recording, jo)), 303)
  await world.taskr.idle()
  const { accessTokens, workspaces } = world.attio.control.world
  const [token = ''] = accessTokens.all().map(({ id }) => id)

  // A member whose name is a token: Taskr stores and shows it like any other name.
  const globex = workspaces.get(standard.workspaces.globex.id)
  if (globex !== undefined) {
    world.attio.control.world.transact(() => void workspaces.put({ ...globex, name: token }))
  }
  assertIs(await jo.get(await approve(recording, jo, { workspace: 'globex' })), 303)
  assertIs(await jo.get('/connections'), 200)
  await jo.post('/tasks/refresh', { returnTo: `/?workspace=${encodeURIComponent(realPassword)}` })
  world.logger.warn('canary.logged', { said: `Basic ${btoa(`taskr:${secretOf(recording)}`)}` })
  world.logger.error('canary.failed', { error: new Error(`cannot open with ${keyOf(recording)}`) })
  await recording.keepDatabase('with a leak')
  await recording.keepFiles('with a leak')
}

function secretOf({ world }: Recording): string {
  return world.config.attio.clientSecret.reveal()
}

function keyOf({ canaries }: Recording): string {
  const key = canaries().find(({ kind }) => kind === 'sealing key')
  return key?.value.toString() ?? ''
}

// Leaks secrets on purpose, in each place that is looked at, the way each would leak by mistake: a scan that does not
// find these finds nothing.
import { standard } from '@taskr/local-attio'
import { password as realPassword } from '../../testing/in-process/testbed.ts'
import type { Recording } from './canary-record.ts'
import { approve, assertIs } from './canary-steps.ts'

/** What must be found afterwards: which secret, in which kind of place. */
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

  // A name that is a token is stored, shown and greeted like any other.
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

// node --experimental-vm-modules node_modules/.bin/jest --testMatch '**/*.test.mjs'
import { createLocalAttio } from '@taskr/local-attio'

test('the app lists tasks', async () => {
  const attio = createLocalAttio({ seed: { tasks: 3 } })
  const scopes = [
    'task:read',
    'user_management:read',
    'record_permission:read',
    'object_configuration:read',
  ]
  const { clientId } = attio.registerApp({ name: 'My app', redirectUris: [], scopes })
  const token = attio.issueAccessToken({
    clientId,
    workspace: 'acme',
    memberEmail: 'ada@acme.example',
  })
  const answer = await attio.fetch(`${attio.origin}/v2/tasks`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect((await answer.json()).data).toHaveLength(3)
  attio.close()
})

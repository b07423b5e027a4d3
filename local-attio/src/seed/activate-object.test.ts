import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, type TestAttio } from '../for-tests.ts'
import { createRandomIds } from '../ids.ts'
import { activateObject } from './activate-object.ts'
import { optionalObjects } from './schema/optional-objects.ts'
import { standard } from './standard.ts'

const slugs = z.object({ data: z.array(z.object({ api_slug: z.string() })) })

function globex(attio: TestAttio) {
  const { clientId, control } = attio
  const memberEmail = standard.people.edith.emailAddress
  return {
    token: attio.issueAccessToken({ clientId, memberEmail, workspace: 'globex' }),
    activation: {
      world: control.world,
      ids: createRandomIds(),
      now: control.clock.now(),
      workspaceId: standard.workspaces.globex.id,
    },
  }
}

test('users and workspaces are off until an admin switches them on, in either order', async () => {
  for (const order of [optionalObjects, optionalObjects.toReversed()]) {
    const attio = createTestAttio()
    const { token, activation } = globex(attio)
    const list = async (path: string) =>
      (await attio.call('GET', path, undefined, token)).as(slugs).data.map((one) => one.api_slug)
    assert.deepEqual(await list('/v2/objects'), ['companies', 'people', 'deals'])
    for (const slug of order) activateObject(activation, slug)
    for (const slug of order) activateObject(activation, slug)
    assert.deepEqual((await list('/v2/objects')).toSorted(), [
      'companies',
      'deals',
      'people',
      'users',
      'workspaces',
    ])
    const ends = ['people', 'companies', 'users', 'workspaces'].map(async (slug) => {
      const attributes = await list(`/v2/objects/${slug}/attributes`)
      const wanted = ['associated_users', 'associated_workspaces', 'workspace', 'users']
      return attributes.filter((one) => wanted.includes(one))
    })
    assert.deepEqual(await Promise.all(ends), [
      ['associated_users'],
      ['associated_workspaces'],
      ['workspace'],
      ['users'],
    ])
  }
})

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { day, frame, minute, now, sourceOf, wordsOf } from '../../ui/for-tests.ts'
import { html } from '../../ui/html.ts'
import { connectPage } from './connect.ts'
import type { ConnectionDetails } from './connection-panel.ts'
import { connectionsPage, type ConnectionsPage } from './connections.ts'
import type { RevocationReceipt } from './receipts.ts'
import type { Refusal } from './refusals.ts'
import { refusedPage } from './refused.ts'
import { scopesOf } from './scope-uses.ts'

suite('connect', () => {
  test('OA-21 the page says what Taskr can do, that an admin approves, and where the button leads', async () => {
    const words = await wordsOf(connectPage({ frame, attioHost: 'app.attio.com' }))
    assert.match(words, /See, add, change and delete tasksTasks: Read-write/)
    assert.match(words, /See assigneesUser management: Read/)
    assert.match(words, /Get changes instantlyWebhooks: Read-write, optional/)
    assert.match(words, /An admin of the workspace has to approve\./)
    assert.match(words, /You’ll be taken to app\.attio\.com/)
  })

  test('H-36 connecting starts with a POST form that no script sends', async () => {
    const source = await sourceOf(connectPage({ frame, attioHost: 'app.attio.com' }))
    const form = /<form class="actions"[^>]*>/.exec(source)?.[0] ?? ''
    assert.match(form, /method="post" action="\/integrations\/attio\/connect"/)
    assert.doesNotMatch(form, /data-morph/)
  })

  test('the reconnect form names the workspace to choose and contains its connection', async () => {
    const reconnects = { connectionId: 'globe', workspaceName: 'Globex' }
    const page = connectPage({ frame, attioHost: 'app.attio.com', reconnects })
    assert.match(await wordsOf(page), /Choose Globex at Attio\./)
    assert.match(await sourceOf(page), /name="connection" value="globe"/)
  })
})

suite('a connection', () => {
  const said = (scopes: readonly string[]) => wordsOf(html`${scopesOf(scopes)}`)

  test('each permission has its purpose, and missing ones have the labels of Attio’s dashboard', async () => {
    const readOnly = ['task:read', 'user_management:read-write', 'comment:read']
    const words = await said(readOnly)
    assert.match(words, /Tasks: Read-write is missing/)
    assert.match(words, /See assigneesUser management: Read/)
    assert.match(words, /Records: Read is missing/)
    assert.match(words, /comment: Read/)
  })

  test('a missing webhook permission is shown as optional, with its consequence', async () => {
    const words = await said(['task:read-write'])
    assert.match(
      words,
      /Webhooks: Read-write is missing, so changes in Attio show up a minute later/,
    )
  })
})

suite('refusals', () => {
  const refusals: readonly Refusal[] = [
    { kind: 'denied' },
    { kind: 'expired' },
    { kind: 'used-request' },
    { kind: 'unknown-request' },
    { kind: 'other-account' },
    { kind: 'other-session' },
    { kind: 'code-refused' },
    { kind: 'client-refused' },
    { kind: 'missing-scopes', workspaceName: 'Acme', missing: ['task:read-write'] },
    { kind: 'attio-unreachable' },
    { kind: 'attio-unclear' },
    { kind: 'other-workspace', connectionId: 'globe', expected: 'Globex', chosen: 'Acme' },
    { kind: 'attio-refused', code: 'server_error' },
  ]

  test('H-43 each refusal has its own text and exactly one primary step', async () => {
    const said = await Promise.all(
      refusals.map((refusal) => wordsOf(refusedPage({ frame, refusal }))),
    )
    assert.equal(new Set(said).size, refusals.length)
    for (const refusal of refusals) {
      const source = await sourceOf(refusedPage({ frame, refusal }))
      assert.equal(source.match(/class="button primary/g)?.length, 1, refusal.kind)
    }
  })

  test('missing permissions are named as in Attio’s dashboard', async () => {
    const refusal: Refusal = {
      kind: 'missing-scopes',
      workspaceName: 'Acme',
      missing: ['task:read-write', 'record_permission:read'],
    }
    const words = await wordsOf(refusedPage({ frame, refusal }))
    assert.match(words, /Tasks ?Read-write ?Records ?Read/)
  })

  test('H-50 reconnecting with another workspace offers the right one first, then the other', async () => {
    const refusal: Refusal = {
      kind: 'other-workspace',
      connectionId: 'globe',
      expected: 'Globex',
      chosen: 'Acme',
    }
    const page = refusedPage({ frame, refusal })
    assert.match(await wordsOf(page), /Nothing was changed/)
    assert.match(await sourceOf(page), /connect\?connection=globe">Choose Globex</)
  })

  test('an Attio outage says when to try again', async () => {
    const refusal: Refusal = { kind: 'attio-unreachable', retryAt: now + 2 * minute }
    assert.match(await wordsOf(refusedPage({ frame, refusal })), /Try again in 2 minutes\./)
  })
})

suite('connections', () => {
  const acme: ConnectionDetails = {
    connectionId: 'acme',
    workspaceName: 'Acme Robotics',
    workspaceSlug: 'acme',
    memberName: 'Jo Doe',
    status: 'active',
    scopes: ['task:read-write'],
    createdAt: now - 200 * day,
    asOf: now - minute,
    tasks: 1214,
    updates: { kind: 'live' },
  }
  const page = (changes: Partial<ConnectionsPage>) =>
    connectionsPage({
      frame,
      connections: [acme],
      asksFor: { proof: { by: 'password' }, code: false, orPasskey: false },
      receipts: [],
      ...changes,
    })

  test('each connection shows its member, start, freshness and number of tasks', async () => {
    const words = await wordsOf(page({}))
    assert.match(words, /Acts as Jo Doe Connected since Thu 7 May Last synced 09:40 Tasks 1,214/)
  })

  test('7.5.1 disconnecting asks for the password unless it was confirmed recently', async () => {
    assert.match(await sourceOf(page({})), /name="password"/)
    assert.doesNotMatch(await sourceOf(page({ asksFor: undefined })), /name="password"/)
  })

  test('only a broken connection offers to reconnect', async () => {
    assert.doesNotMatch(await wordsOf(page({})), /Reconnect/)
    const broken = page({ connections: [{ ...acme, status: 'needs-reconnect' }] })
    assert.match(await sourceOf(broken), /connect\?connection=acme"/)
  })

  test('a connection that is disconnecting cannot be disconnected again', async () => {
    const ending = page({ connections: [{ ...acme, status: 'disconnecting' }] })
    assert.doesNotMatch(await sourceOf(ending), /disconnection/)
  })

  suite('receipts', () => {
    const receipt: RevocationReceipt = {
      revocationId: '1',
      workspaceName: 'Globex',
      status: 'pending',
      attempts: 1,
      requestedAt: now - 3 * minute,
      finishedAt: null,
      nextAttemptAt: now + minute,
    }
    const said = async (changes: Partial<RevocationReceipt>) =>
      wordsOf(page({ receipts: [{ ...receipt, ...changes }] }))

    test('TK-14 a token is called revoked only when Attio has confirmed it', async () => {
      const revoked = await said({ status: 'revoked', finishedAt: now - minute })
      assert.match(revoked, /Globex Revoked Attio confirmed at 09:40, after 1 try\./)
      for (const status of ['pending', 'gave-up'] as const) {
        assert.match(await said({ status }), /Globex Not (?:yet )?revoked/)
        assert.doesNotMatch(await said({ status }), /Attio confirmed/)
      }
    })

    test('each answer of Attio is reported accurately', async () => {
      const answers = await Promise.all([
        said({ lastAnswer: { kind: 'answered', status: 429 } }),
        said({ lastAnswer: { kind: 'answered', status: 503 } }),
        said({ lastAnswer: { kind: 'timed-out' } }),
        said({ lastAnswer: { kind: 'unreachable' } }),
      ])
      assert.match(answers[0], /Attio asked Taskr to wait\. Taskr tries again in 60 seconds\./)
      assert.match(answers[1], /Attio answered with an error \(503\)\./)
      assert.match(answers[2], /Attio didn’t answer in time\./)
      assert.match(answers[3], /Attio couldn’t be reached\./)
    })

    test('when Taskr gave up, the receipt says what to do in Attio', async () => {
      assert.match(await said({ status: 'gave-up', attempts: 40 }), /remove the app in Attio/)
    })
  })
})

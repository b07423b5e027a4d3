// Connecting fails: the page says what happened and what to do, and nothing is stored.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { standard, type FaultAnswer } from '@taskr/local-attio'
import type { Page } from 'playwright-core'
import { journeys, type Traveller } from '../../testing/browser/journeys.ts'
import { look } from '../../testing/browser/check-page.ts'
import { minute } from '../../testing/browser/offset-clock.ts'
import { settled, signedUp } from '../../testing/browser/signed-in-page.ts'
import {
  connect,
  continueToAttio,
  logIn,
  see,
  seeConnected,
  showEveryone,
  signUp,
} from '../../testing/browser/account-steps.ts'

journeys('connecting is refused', (journey) => {
  journey(
    'a person who presses Deny reads that nothing was stored, and can connect afterwards',
    async ({ stage }) => {
      const page = await stage.page()
      await signUp(page)
      await continueToAttio(page, { decision: 'Deny' })
      await page.getByRole('heading', { name: 'Connection cancelled' }).waitFor()
      await look(page)
      await nothingIsConnected(page)
      await page.getByRole('link', { name: 'Connect Attio', exact: true }).last().click()
      await connect(page)
      await see(page, page.getByText('Send Initech the revised quote'))
    },
  )

  journey(
    '14. a member who is not an admin is refused at Attio, and can go back',
    async ({ stage }) => {
      const page = await signedUp(stage)
      await page.getByRole('button', { name: 'Continue to Attio' }).click()
      await page.getByRole('button', { name: standard.people.ben.emailAddress }).click()
      await page.getByText('Only an admin of a workspace can authorize an app').waitFor()
      await page.goto('/')
      await page.getByText('I’m not an admin').click()
      await page.getByRole('heading', { name: 'Ask an admin' }).waitFor()
      const message = await page.getByLabel('Message').inputValue()
      assert.ok(message.includes(`${stage.url}/integrations/attio/connect,`), message)
      await look(page)
      await nothingIsConnected(page)
    },
  )

  journey(
    '14. an unknown client is refused at Attio',
    async ({ stage }) => {
      const page = await signedUp(stage)
      await page.getByRole('button', { name: 'Continue to Attio' }).click()
      await page.getByRole('heading', { name: 'Unknown app' }).waitFor()
      await page.goto('/')
      await nothingIsConnected(page)
    },
    { environment: { ATTIO_CLIENT_ID: randomUUID() } },
  )

  journey(
    '14. a redirect URI that is not registered is refused at Attio',
    async ({ stage }) => {
      const page = await signedUp(stage)
      await page.getByRole('button', { name: 'Continue to Attio' }).click()
      await page.getByRole('heading', { name: 'Redirect URI not registered' }).waitFor()
      await page.goto('/')
      await nothingIsConnected(page)
    },
    { redirectUris: ['http://127.0.0.1:1/integrations/attio/callback'] },
  )

  journey(
    'with a wrong client secret the page says that Attio doesn’t know this Taskr',
    async ({ stage }) => {
      const page = await signedUp(stage)
      await continueToAttio(page)
      await page.getByRole('heading', { name: 'Attio doesn’t know this Taskr' }).waitFor()
      await look(page)
      await nothingIsConnected(page)
    },
    { environment: { ATTIO_CLIENT_SECRET: 'f3a91c04'.repeat(8) } },
  )

  journey('connecting while Attio is down shows that, and works later', async ({ stage }) => {
    const page = await signedUp(stage)
    const broken: readonly (readonly [string, FaultAnswer])[] = [
      ['/oauth/token', { reset: 'before-commit' }],
      ['/oauth/token', { status: 500, body: '<h1>Bad gateway</h1>' }],
      ['/v2/self', { status: 503 }],
    ]
    for (const [path, answer] of broken) {
      const heal = stage.attio.control.faults.add({ path, answer })
      await continueToAttio(page)
      await page.getByRole('heading', { name: 'Can’t reach Attio' }).waitFor()
      heal()
      await page.getByRole('link', { name: 'Connect Attio again' }).click()
    }
    await page.goBack()
    await page.goto('/integrations/attio/connect')
    await connect(page)
    await see(page, page.getByText('Send Initech the revised quote'))
  })

  journey(
    'when the session ends during approval, the person logs in and presses Finish connecting',
    async ({ stage }) => {
      const page = await signedUp(stage)
      await page.getByRole('button', { name: 'Continue to Attio' }).click()
      await page.getByRole('button', { name: standard.people.ada.emailAddress }).click()
      await page.getByRole('radio', { name: 'Acme Robotics' }).check()
      await endSessionOf(page)
      await page.getByRole('button', { name: 'Allow' }).click()
      await page.getByText('Log in to finish connecting.').waitFor()
      await look(page)
      assert.doesNotMatch(page.url(), /code|state/)
      await logIn(page)
      await page.getByRole('heading', { name: 'Finish connecting' }).waitFor()
      await look(page)
      await page.getByRole('button', { name: 'Finish connecting' }).click()
      await seeConnected(page)
      await see(page, page.getByText('Send Initech the revised quote'))
    },
  )

  journey(
    'a callback address that was used before connects nothing, and the page says so',
    async ({ stage }) => {
      const page = await signedUp(stage)
      const returned = page.waitForRequest(/\/callback\?/)
      await connect(page)
      const sent = stage.attio.control.journal.count({ path: '/oauth/token' })
      await page.goto((await returned).url())
      await page.getByRole('heading', { name: 'Already used' }).waitFor()
      await look(page)
      assert.equal(stage.attio.control.journal.count({ path: '/oauth/token' }), sent)
      await page.getByRole('link', { name: 'See connections' }).click()
      await page.getByText('Connected', { exact: true }).waitFor()
    },
  )

  journey('an approval after more than ten minutes is refused', async ({ stage }) => {
    const page = await signedUp(stage)
    await page.getByRole('button', { name: 'Continue to Attio' }).click()
    await page.getByRole('button', { name: standard.people.ada.emailAddress }).click()
    await page.getByRole('radio', { name: 'Acme Robotics' }).check()
    stage.clock.skip(11 * minute)
    await page.getByRole('button', { name: 'Allow' }).click()
    await page.getByRole('heading', { name: 'That took too long' }).waitFor()
    await look(page)
    await nothingIsConnected(page)
  })

  journey(
    'reconnecting with another workspace is refused, and the page names the expected one',
    async (traveller) => {
      const { stage } = traveller
      const page = await settled(stage)
      await breakConnection(traveller, page)
      await see(page, page.getByText(broken))
      await look(page)
      await page.getByText('Send Initech the revised quote').waitFor()
      await page.getByRole('link', { name: /^Reconnect/ }).click()
      await page.getByRole('heading', { name: 'Reconnect Acme Robotics' }).waitFor()
      await look(page)
      await continueToAttio(page, { workspace: 'Globex' })
      await page.getByRole('heading', { name: 'That’s another workspace' }).waitFor()
      await page.getByText('You were reconnecting Acme Robotics, but chose Globex').waitFor()
      await look(page)
      await page.getByRole('link', { name: 'Choose Acme Robotics' }).click()
      await continueToAttio(page)
      await showEveryone(page)
      await see(page, page.getByText('Send Initech the revised quote'))
      assert.equal(await page.getByText('Taskr lost access to').count(), 0)
    },
  )
})

const broken = 'Taskr lost access to Acme Robotics.'

/** Revokes Taskr's access; with JavaScript, an idle page shows that within two seconds of the refused call. */
async function breakConnection({ stage, javaScript }: Traveller, page: Page): Promise<void> {
  const { control } = stage.attio
  const untouched = await page.context().newPage()
  await untouched.goto('/')
  control.removeApp(stage.clientId, 'acme')
  const looks = () => control.journal.count({ path: '/v2/self' })
  const before = looks()
  stage.clock.skip(16 * minute)
  await page.reload()
  while (looks() === before) await new Promise((done) => void setTimeout(done, 10))
  if (javaScript) await untouched.getByText(broken).waitFor({ timeout: 2_000 })
  await untouched.close()
}

async function nothingIsConnected(page: Page): Promise<void> {
  await page.goto('/connections')
  await page.getByText('No workspace connected').waitFor()
}

/** Ends the session from another window of the same browser, or by time. */
async function endSessionOf(page: Page): Promise<void> {
  await page.context().clearCookies({ name: 'taskr_session' })
}

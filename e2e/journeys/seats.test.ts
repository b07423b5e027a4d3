// A team through one connection: an admin invites two colleagues, both work on the same list on two nodes, and one is
// suspended in Attio.
import assert from 'node:assert/strict'
import { standard } from '@taskr/local-attio'
import type { Page } from 'playwright-core'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { connect, enter, signUp } from '../../testing/browser/account-steps.ts'
import { look } from '../../testing/browser/check-page.ts'
import { launchChromium } from '../../testing/browser/chromium.ts'
import { createStage, type Stage } from '../../testing/browser/browser-testbed.ts'
import { startMailServer, type MailServer } from '../../testing/in-process/mail/mail-server.ts'
import { until } from '../../testing/processes/event-streams.ts'
import { inAttio, pressCheckbox, quote, rowOf } from '../../testing/browser/task-steps.ts'
import { password } from '../../testing/in-process/testbed.ts'

onEachEngine('a team through one connection', (_, engine) => {
  if (engine.name === 'sqlite') return
  let chromium: Browser
  before(async () => {
    chromium = await launchChromium()
  })
  after(() => chromium.close())

  test('two invited colleagues work on one list on two nodes, until one is suspended', async () => {
    const databaseUrl = await engine.createMigratedUrl()
    await using mailServer = await startMailServer()
    const stage = await createStage(chromium, {
      javaScript: true,
      databaseUrl: async () => databaseUrl,
      environment: { SMTP_URL: mailServer.url, MAIL_FROM: 'Taskr <taskr@example.com>' },
    })
    try {
      await play(stage, mailServer)
    } finally {
      await stage.close()
    }
  })
})

async function play(stage: Stage, mailServer: MailServer): Promise<void> {
  const ada = await stage.page()
  await signUp(ada, 'ada')
  await connect(ada)
  const { ben, dana } = standard.people
  await invite(ada, ben.emailAddress)
  const link = await invite(ada, dana.emailAddress)

  const bens = await stage.page(await stage.anotherNode())
  await bens.goto(await mailedLink(mailServer, ben.emailAddress))
  await join(bens, 'ben')
  const danas = await stage.page()
  await danas.goto(link)
  await join(danas, 'dana')

  for (const page of [ada, bens, danas]) {
    await page.goto('/?view=open&whose=everyone')
    await rowOf(page, quote).waitFor()
  }
  await pressCheckbox(bens, quote)
  for (const page of [bens, danas, ada]) await rowOf(page, quote).waitFor({ state: 'detached' })
  await inAttio(stage, quote, (task) => task?.isCompleted === true)
  await seeHistory(danas)

  suspend(stage, standard.members.benAtAcme)
  await ada.getByRole('button', { name: 'Sync now' }).click()
  await bens.getByText('no longer counts you as active').waitFor()
  assert.equal(await rowOf(bens, 'certificate').count(), 0)
  await danas.goto('/?view=open&whose=everyone')
  await rowOf(danas, 'certificate').waitFor()
}

/** Invites a member to see everyone's tasks, and returns the link that the page shows once. */
async function invite(page: Page, emailAddress: string): Promise<string> {
  await page.goto('/connections')
  await page.getByRole('link', { name: /^Invite people|^People ·/ }).click()
  await look(page)
  await page.getByRole('radio', { name: /^Everyone’s tasks/ }).check()
  await page.getByRole('checkbox', { name: emailAddress }).check()
  await page.getByRole('button', { name: 'Invite selected' }).click()
  const link = await page.locator('.links code').textContent()
  assert.ok(link)
  return link
}

/** Waits for the mail to the address, and returns the link in it. */
async function mailedLink({ taken }: MailServer, emailAddress: string): Promise<string> {
  const findMail = () => taken.find(({ to }) => to.includes(emailAddress))
  await until(async () => findMail() !== undefined)
  // Quoted-printable breaks long lines after an equals sign.
  const text = (findMail()?.source ?? '').replaceAll('=\r\n', '')
  const [link] = /http:\/\/127\.0\.0\.1:\d+\/join\/[\w-]+/.exec(text) ?? []
  assert.ok(link, text)
  return link
}

async function join(page: Page, username: string): Promise<void> {
  await page.getByRole('link', { name: 'Sign up to join' }).click()
  await enter(page, 'Sign up', username, password)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await page.getByText('Acme Robotics').first().waitFor()
}

/** The task's page names the colleague who completed it, since Attio names the app. */
async function seeHistory(page: Page): Promise<void> {
  await page.goto('/?view=done&whose=everyone')
  await rowOf(page, quote).getByRole('link', { name: quote }).click()
  await page.getByText('Completed · Ben Okafor').waitFor()
}

function suspend({ attio }: Stage, memberId: string): void {
  const { world } = attio.control
  const member = world.members.get(memberId)
  assert.ok(member)
  world.transact(() => world.members.put({ ...member, accessLevel: 'suspended' }))
}

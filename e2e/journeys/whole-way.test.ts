// The journey from the first page to the tasks, to logging out and back.
import assert from 'node:assert/strict'
import { standard } from '@taskr/local-attio'
import type { Page } from 'playwright-core'
import { expectTasks, type ExpectedTasks } from './expected-tasks.ts'
import { journeys, type Traveller } from '../../testing/browser/journeys.ts'
import { look } from '../../testing/browser/check-page.ts'
import {
  connect,
  logIn,
  logOut,
  see,
  showEveryone,
  showEveryTask,
  signUp,
} from '../../testing/browser/account-steps.ts'

const acme = standard.workspaces.acme.id

journeys('the first visit', (journey) => {
  journey(
    'a person signs up, connects, sees every task, disconnects, and logs in again',
    async (traveller) => {
      const { stage } = traveller
      const page = await stage.page()
      await page.goto('/')
      await look(page)
      await page.getByRole('link', { name: 'Sign up' }).click()
      await look(page)
      await signUp(page)
      await page.getByRole('heading', { name: 'Connect Attio' }).waitFor()
      await page.getByText('Last step').waitFor()
      await look(page)

      await connect(page)
      const mine = expected(traveller, standard.members.adaAtAcme)
      await see(page, page.getByRole('heading', { name: `Overdue ${mine.overdue}` }))
      await showOpen(page)
      await seeGroups(page, mine)
      await look(page)
      await showEveryTask(page)
      const all = expected(traveller)
      assert.equal(
        Object.values(all).reduce((sum, count) => sum + count, 0),
        1_234,
      )
      await seeGroups(page, all)
      await seeDetails(page)
      await seeEveryTask(page, all)

      const [token = ''] = tokensOf(traveller)
      assert.equal(await statusOf(traveller, token), 200)
      await disconnect(page)
      await page.getByText('Disconnected Acme Robotics. Its tasks are deleted here.').waitFor()
      await page.getByText('Attio confirmed').waitFor()
      await look(page)
      assert.equal(await statusOf(traveller, token), 401)
      const kept = await page.request.post('/settings/export/everything.json', {
        headers: { 'sec-fetch-site': 'same-origin' },
      })
      assert.match(await kept.text(), /"tasks": \[\]/)
      await page.goto('/')
      await page.getByText('Last step').waitFor()

      await connect(page)
      await see(page, page.getByRole('heading', { name: `Overdue ${mine.overdue}` }))
      await showOpen(page)
      await seeGroups(page, mine)
      await logOut(page)
      await look(page)
      await logIn(page)
      await showOpen(page)
      await seeGroups(page, mine)
    },
    { seed: { tasks: 1_234 } },
  )
})

function expected({ stage, javaScript }: Traveller, assigneeId?: string): ExpectedTasks {
  // Without JavaScript the time zone is UTC until the person chooses one in the settings.
  const timeZone = javaScript ? 'Europe/Berlin' : 'UTC'
  const which = { workspaceId: acme, ...(assigneeId === undefined ? {} : { assigneeId }) }
  return expectTasks(stage.attio, { now: stage.clock.now(), timeZone }, which)
}

async function showOpen(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^Open/ }).click()
  await page.getByRole('heading', { name: 'Open tasks', level: 1 }).waitFor()
}

async function seeGroups(page: Page, tasks: ExpectedTasks): Promise<void> {
  const said = (count: number) => count.toLocaleString('en-GB')
  for (const name of [
    `Overdue ${said(tasks.overdue)}`,
    `Today, Monday 23 November ${said(tasks.today)}`,
    `Upcoming ${said(tasks.upcoming)}`,
    `No date ${said(tasks.noDate)}`,
  ]) {
    await page.getByRole('heading', { name, exact: true }).waitFor()
  }
}

/** Checks a row's text, due date, assignees and linked records. */
async function seeDetails(page: Page): Promise<void> {
  const row = page.getByRole('listitem').filter({ hasText: 'Call Grace Hopper back' })
  await row.getByText('Grace Hopper', { exact: true }).waitFor()
  await row.getByRole('img', { name: 'Ada Byron' }).waitFor()
  await row.getByText(/^1[78]:00$/).waitFor()
}

async function seeEveryTask(page: Page, tasks: ExpectedTasks): Promise<void> {
  const views = page.getByRole('navigation', { name: 'Views' })
  const seen = new Set<string>()
  for (const [view, count] of [
    ['Overdue', tasks.overdue],
    ['Today', tasks.today],
    ['Upcoming', tasks.upcoming],
    ['No date', tasks.noDate],
    ['Done', tasks.done],
  ] as const) {
    await views.getByRole('link', { name: view }).click()
    await page.getByRole('heading', { name: view, level: 1 }).waitFor()
    await showEveryone(page)
    const rows = view === 'Today' ? await readToday(page) : await readPages(page)
    assert.equal(rows.length, count, view)
    for (const row of rows) seen.add(row)
  }
  assert.equal(seen.size, 1_234)
}

/** Reads the tasks due today, which overdue ones and tomorrow's stand beside. */
async function readToday(page: Page): Promise<readonly string[]> {
  return await page.getByRole('region', { name: 'Today, Monday' }).locator('.task').allInnerTexts()
}

async function readPages(page: Page): Promise<readonly string[]> {
  const rows = page.locator('.task')
  const read = await rows.allInnerTexts()
  const next = page.getByRole('link', { name: 'Next' })
  for (let number = 2; await next.isVisible(); number++) {
    await next.click()
    await page.getByText(`Page ${number} of`).waitFor()
    if (number === 2) await look(page)
    read.push(...(await rows.allInnerTexts()))
  }
  return read
}

async function disconnect(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Connections' }).click()
  await page.getByRole('heading', { name: 'Connections' }).waitFor()
  await look(page)
  await page.getByText('Disconnect Acme Robotics…').click()
  await page.getByRole('button', { name: 'Disconnect Acme Robotics' }).click()
}

function tokensOf({ stage }: Traveller): readonly string[] {
  return stage.attio.control.world.accessTokens.all().map(({ id }) => id)
}

async function statusOf({ stage }: Traveller, token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` }
  return (await fetch(`${stage.attio.url}/v2/tasks`, { headers })).status
}

// Steps of journeys that change tasks, and what Attio has afterwards.
import assert from 'node:assert/strict'
import { standard, type ActingMember } from '@taskr/local-attio'
import type { Locator, Page } from 'playwright-core'
import { systemClock } from '../../app/support/clock.ts'
import type { Stage } from './browser-testbed.ts'

export const quote = 'Send Initech the revised quote'

/** Finds the row of a task in the list. */
export function rowOf(page: Page, text: string): Locator {
  return page.getByRole('listitem').filter({ hasText: text })
}

export function said(page: Page): Locator {
  return page.getByRole('status')
}

export async function pressCheckbox(page: Page, text: string): Promise<void> {
  await rowOf(page, text).getByRole('button', { name: 'Complete' }).click()
}

export async function openTask(page: Page, text: string): Promise<void> {
  await rowOf(page, text).getByRole('link', { name: text }).click()
  await page.getByRole('heading', { name: text, level: 1 }).waitFor()
}

/** Opens a part of the task's card, such as its due date. */
export async function openPart(page: Page, name: string | RegExp): Promise<void> {
  const part = page.locator('summary').filter({ hasText: name })
  if ((await part.locator('..').getAttribute('open')) === null) await part.click()
}

/** Returns the field for the text of the open task: its title, or without a script that of a form. */
export async function textField(page: Page): Promise<Locator> {
  await openPart(page, 'Edit text')
  return page.getByRole('textbox', { name: /^(New text|Text)$/ })
}

/** Sends the search for a record to link, beside which the list may have its own. */
export async function searchRecords(page: Page): Promise<void> {
  const search = page.getByRole('search', { name: 'Records' })
  await search.getByRole('button', { name: 'Search' }).click()
}

/** Leaves a task for the list: closes its panel, or follows the link of its page. */
export async function backToList(page: Page): Promise<void> {
  const close = page.getByRole('button', { name: 'Close', exact: true })
  if (await close.isVisible()) await close.click()
  else await page.getByRole('link', { name: 'Back to list' }).click()
  await page.getByRole('navigation', { name: 'Whose' }).waitFor()
}

export async function undo(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Undo' }).click()
}

export async function add(page: Page, text: string): Promise<void> {
  await page.getByLabel('Add a task').fill(text)
  await page.keyboard.press('Enter')
  await said(page).getByText('Added').waitFor()
}

/** Acts in Attio as another member. */
export function benInAttio({ attio }: Stage): ActingMember {
  return attio.control.as({ member: standard.people.ben.emailAddress, workspace: 'acme' })
}

export function tasksInAttio({ attio }: Stage, text: string) {
  return attio.control.world.tasks.all().filter(({ content }) => content === text)
}

export type TaskInAttio = ReturnType<typeof tasksInAttio>[number]

const looksAtMost = 400
const pauseMs = 25

/** Waits until Attio has the expected state. */
export async function inAttio(
  stage: Stage,
  text: string,
  isSo: (task: TaskInAttio | undefined) => boolean,
): Promise<void> {
  for (let looks = 0; looks < looksAtMost; looks++) {
    if (isSo(tasksInAttio(stage, text)[0])) return
    await systemClock.wait(pauseMs, new AbortController().signal)
  }
  assert.fail(`${text} did not become so: ${JSON.stringify(tasksInAttio(stage, text))}`)
}

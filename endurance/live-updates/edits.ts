// Measures how long an edit in Attio takes to show: from the answer of Attio's own page until it is in the DOM of an open
// Taskr page in Chromium.
import assert from 'node:assert/strict'
import { standard } from '@taskr/local-attio'
import type { Page } from 'playwright-core'
import type { AttioPages } from '../../testing/processes/attio-pages.ts'

/** The sign of an edit on a page. */
interface Sight {
  readonly row: string
  /** A part of the row's text or labels; undefined when the row must be gone. */
  readonly has: string | undefined
}

const { benAtAcme } = standard.members

/** Adds a task, dates it, assigns it, completes it, and repeats this. Resolves to the times in milliseconds. */
export async function timeEdits(
  page: Page,
  attio: AttioPages,
  edits: number,
): Promise<readonly number[]> {
  const times: number[] = []
  const time = async (sight: Sight, edit: () => Promise<void>): Promise<void> => {
    if (times.length >= edits) return
    const seen = untilSeen(page, sight)
    await edit()
    const answeredAt = Date.now()
    times.push((await seen) - answeredAt)
  }
  const deadline = new Date(Date.now() + 86_400_000).toISOString()
  for (let number = 1; times.length < edits; number++) {
    const row = `Edit number ${number}.`
    await time({ row, has: row }, () => attio.addTask({ content: row }))
    const taskId = await taskIdOf(page, row)
    await time({ row, has: 'tomorrow' }, () => attio.changeTask(taskId, { deadline }))
    await time({ row, has: 'Ben Okafor' }, () =>
      attio.changeTask(taskId, { deadline, assigneeId: benAtAcme }),
    )
    await time({ row, has: undefined }, () => attio.completeTask(taskId))
  }
  return times
}

async function taskIdOf(page: Page, row: string): Promise<string> {
  const id = await page.getByRole('listitem').filter({ hasText: row }).getAttribute('id')
  const taskId = /^task-(?<taskId>[\w-]+)$/.exec(id ?? '')?.groups?.['taskId']
  assert.ok(taskId !== undefined, `the row of “${row}” has an id`)
  return taskId
}

/** Resolves to the time of the sign, by the machine's clock that the browser shares. */
async function untilSeen(page: Page, sight: Sight): Promise<number> {
  return await page.evaluate(
    async ({ row, has }) =>
      await new Promise<number>((resolve, reject) => {
        const isSeen = (): boolean => {
          const rows = [...document.querySelectorAll('main .task')]
          const found = rows.find(({ textContent }) => textContent.includes(row))
          if (found === undefined || has === undefined) return found === has
          return found.textContent.includes(has) || found.querySelector(`[title="${has}"]`) !== null
        }
        const check = (): void => {
          if (!isSeen()) return
          observer.disconnect()
          resolve(Date.now())
        }
        const observer = new MutationObserver(check)
        const everything = { subtree: true, childList: true, characterData: true, attributes: true }
        observer.observe(document, everything)
        setTimeout(() => reject(new Error(`not seen within 20 s: ${row} ${has}`)), 20_000)
        check()
      }),
    sight,
  )
}

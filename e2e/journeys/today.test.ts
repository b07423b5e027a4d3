// Today as the morning to-do: overdue tasks moved or cleared, tomorrow folded, the day changing on an open page.
import assert from 'node:assert/strict'
import { standard } from '@taskr/local-attio'
import type { Stage } from '../../testing/browser/browser-testbed.ts'
import { countWork } from '../../testing/browser/count-work.ts'
import { lookAtEverySize } from '../../testing/browser/every-size.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import { rowOf, said } from '../../testing/browser/task-steps.ts'
import { see } from '../../testing/browser/account-steps.ts'

const day = 86_400_000

journeys('today', (journey) => {
  journey(
    '65 thirty overdue tasks move to today at once, and back',
    async ({ stage, javaScript }) => {
      const page = await withOverdue(stage, 30)
      await lookAtEverySize(page)
      assert.equal(await page.locator('.task').filter({ hasText: 'Old task' }).count(), 5)
      const work = countWork(page)
      const move = page.getByRole('button', { name: 'Move 30 to today' })
      if (javaScript) await work.press('T')
      else await work.click(move)
      await said(page).getByText('30 tasks moved to today').waitFor()
      await rowOf(page, 'Old task 30').first().waitFor()
      assert.equal(await move.count(), 0)
      if (javaScript) {
        await work.press('z')
        await said(page).getByText('Undone').waitFor()
        await page.getByRole('heading', { name: 'Overdue 30' }).waitFor()
        assert.deepEqual(work.counts(), { keys: 2, clicks: 0, loads: 0 })
      }
      const how = javaScript ? ', and undo it' : ' without JavaScript'
      work.print(`Move thirty overdue tasks${how}`)
    },
  )

  journey('65 overdue tasks are decided one at a time', async ({ stage, javaScript }) => {
    const page = await withOverdue(stage, 5)
    await page.getByRole('link', { name: 'Clear 5' }).click()
    await page.getByText('1 of 5').waitFor()
    await lookAtEverySize(page)
    const work = countWork(page)
    const decide = async (key: string, name: string): Promise<void> => {
      if (javaScript) await work.press(key)
      else await work.click(page.getByRole('button', { name }))
    }
    await decide('e', 'Done')
    await page.getByText('2 of 5').waitFor()
    await decide('z', 'Back')
    await page.getByText('1 of 5').waitFor()
    await decide('e', 'Done')
    await page.getByText('2 of 5').waitFor()
    await decide('t', 'Today')
    await page.getByText('3 of 5').waitFor()
    await decide('w', 'Next week')
    await page.getByText('4 of 5').waitFor()
    if (javaScript) await work.press('a')
    else await page.getByRole('link', { name: 'Give away' }).click()
    await page.getByLabel('Give to').selectOption('Ben Okafor')
    await lookAtEverySize(page)
    await page.getByRole('button', { name: 'Give away' }).click()
    await page.getByText('5 of 5').waitFor()
    await decide('s', 'Skip')
    await page.getByText('5 tasks decided: 1 done, 2 moved, 1 given away, 1 skipped.').waitFor()
    await lookAtEverySize(page)
    work.print(`Decide five overdue tasks${javaScript ? '' : ' without JavaScript'}`)
    await page.getByRole('link', { name: 'Go to Today' }).click()
    await page.getByRole('heading', { name: 'Today', level: 1 }).waitFor()
  })

  journey('tomorrow is folded, and j passes it over', async ({ stage, javaScript }) => {
    const page = await withOverdue(stage, 1)
    const [title] = ['Book the hall for the spring demo']
    await page.goto('/?whose=everyone')
    const row = rowOf(page, title ?? '')
    assert.equal(await row.isVisible(), false)
    await page.getByText('Tomorrow', { exact: false }).locator('visible=true').last().click()
    await row.waitFor()
    await lookAtEverySize(page)
    if (!javaScript) return
    await page.keyboard.press('j')
    await page.keyboard.press('End')
    assert.match(
      await page.evaluate(() => document.activeElement?.closest('details')?.textContent ?? ''),
      /Tomorrow/,
    )
  })

  journey('an open page changes with the day', async ({ stage, javaScript }) => {
    if (!javaScript) return
    const page = await withOverdue(stage, 1)
    await page.clock.install()
    await page.reload()
    await page.getByRole('heading', { name: 'Today, Monday 23 November' }).waitFor()
    stage.clock.skip(day)
    await page.clock.fastForward(day)
    await page.getByRole('heading', { name: 'Today, Tuesday 24 November' }).waitFor()
  })
})

/** Opens Today with that many overdue tasks of the person, and no others. */
async function withOverdue(stage: Stage, count: number) {
  const { world } = stage.attio.control
  const now = stage.clock.now()
  const ada = stage.attio.control.as({
    member: standard.people.ada.emailAddress,
    workspace: 'acme',
  })
  for (const { id, deadlineAt, isCompleted, workspaceId } of world.tasks.all()) {
    const isOverdue = !isCompleted && deadlineAt !== null && deadlineAt < now - day / 4
    if (isOverdue && workspaceId === standard.workspaces.acme.id) {
      ada.updateTask(id, { deadlineAt: null })
    }
  }
  for (let at = 1; at <= count; at += 1) {
    ada.addTask({
      content: `Old task ${at}`,
      deadlineAt: now - (count - at + 1) * day,
      assigneeIds: [ada.member.id],
    })
  }
  const page = await settled(stage)
  await page.goto('/')
  await see(page, page.getByRole('heading', { name: `Overdue ${count}`, exact: true }))
  return page
}

// People change tasks, with and without JavaScript: the page shows it at once, and Attio has it a moment later.
import assert from 'node:assert/strict'
import { standard } from '@taskr/local-attio'
import {
  add,
  backToList,
  inAttio,
  openPart,
  openTask,
  pressCheckbox,
  quote,
  rowOf,
  said,
  searchRecords,
  tasksInAttio,
  undo,
  textField,
} from '../../testing/browser/task-steps.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { look } from '../../testing/browser/check-page.ts'
import { second } from '../../testing/browser/offset-clock.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'

journeys('changing tasks', (journey) => {
  journey('a task is completed, found under Done, and reopened', async ({ stage }) => {
    const page = await settled(stage)
    await pressCheckbox(page, quote)
    await said(page).getByText(`Completed “${quote}”`).waitFor()
    assert.equal(await rowOf(page, quote).count(), 0)
    await look(page)
    await inAttio(stage, quote, (task) => task?.isCompleted === true)
    await page.getByRole('link', { name: 'Done', exact: true }).click()
    await rowOf(page, quote).getByRole('button', { name: 'Reopen' }).click()
    await said(page).getByText(`Reopened “${quote}”`).waitFor()
    await inAttio(stage, quote, (task) => task?.isCompleted === false)
  })

  journey(
    'a completed task can be undone, and the page says when it is too late',
    async ({ stage }) => {
      const page = await settled(stage)
      await pressCheckbox(page, quote)
      await undo(page)
      await said(page).getByText('Undone.').waitFor()
      await rowOf(page, quote).getByRole('button', { name: 'Complete' }).waitFor()
      await inAttio(stage, quote, (task) => task?.isCompleted === false)
      await pressCheckbox(page, quote)
      stage.clock.skip(20 * second)
      await undo(page)
      await said(page).getByText('Too late to undo').waitFor()
      await inAttio(stage, quote, (task) => task?.isCompleted === true)
    },
  )

  journey(
    "a task's due date, assignee and linked record can be changed",
    async ({ stage, javaScript }) => {
      const page = await settled(stage)
      await openTask(page, quote)
      await look(page)
      await openPart(page, 'Due date')
      await look(page)
      await page.getByRole('button', { name: /^Tomorrow/ }).click()
      await said(page).getByText('Due tomorrow').waitFor()
      await openPart(page, 'Due date')
      await page.getByLabel('Date', { exact: true }).fill('2026-12-04')
      await page.getByLabel('Time (optional)').fill('15:30')
      await page.getByRole('button', { name: 'Set', exact: true }).click()
      await said(page).getByText('Due Fri 4 Dec').waitFor()

      await openPart(page, 'Assignees')
      await page.getByRole('checkbox', { name: 'Ben Okafor' }).check()
      await page.getByRole('button', { name: 'Save assignees' }).click()
      await said(page).getByText('is now assigned to').waitFor()

      await openPart(page, 'Link a record')
      await page.getByLabel('Find a record').fill('hooli')
      await searchRecords(page)
      await look(page)
      await page.getByRole('button', { name: /^Link Hooli/ }).click()
      await said(page).getByText('Linked').waitFor()
      await page.getByRole('button', { name: /^Unlink Hooli/ }).waitFor()
      await page.getByRole('button', { name: /^Unlink Initech/ }).click()
      await said(page).getByText('Unlinked').waitFor()
      await look(page)
      await inAttio(
        stage,
        quote,
        (task) =>
          // Without JavaScript the time zone is UTC.
          task?.deadlineAt === Date.UTC(2026, 11, 4, javaScript ? 14 : 15, 30) &&
          task.assigneeIds.includes(standard.members.benAtAcme) &&
          task.linkedRecords.length === 2,
      )
    },
  )

  journey(
    'a change on a task stays there, and the way back leads to the list',
    async ({ stage }) => {
      const page = await settled(stage)
      await openTask(page, quote)
      await openPart(page, 'Due date')
      await page.getByRole('button', { name: /^Tomorrow/ }).click()
      await said(page).getByText('Due tomorrow').waitFor()
      await page.getByRole('heading', { name: quote, level: 1 }).waitFor()
      await backToList(page)
      await page.getByRole('heading', { name: 'Open tasks', level: 1 }).waitFor()
      await rowOf(page, quote).waitFor()
    },
  )

  journey('a new task is listed at once and created in Attio once', async ({ stage }) => {
    const page = await settled(stage)
    await add(page, 'Polish the left arm')
    await rowOf(page, 'Polish the left arm').getByRole('img', { name: 'Ada Byron' }).waitFor()
    await inAttio(stage, 'Polish the left arm', (task) => task !== undefined)
    assert.equal(tasksInAttio(stage, 'Polish the left arm').length, 1)
    assert.deepEqual(tasksInAttio(stage, 'Polish the left arm')[0]?.assigneeIds, [
      standard.members.adaAtAcme,
    ])
    await page.getByLabel('Add a task').fill('x'.repeat(2_001))
    await page.keyboard.press('Enter')
    await page.getByText('Too long: Attio allows 2,000 characters.').waitFor()
    assert.equal(await page.getByLabel('Add a task').inputValue(), 'x'.repeat(2_001))
    await look(page)
  })

  journey(
    'a deleted task disappears at once, can be undone for ten seconds, and is then deleted in Attio',
    async ({ stage }) => {
      const page = await settled(stage)
      await openTask(page, quote)
      await openPart(page, 'Delete')
      await page.getByRole('button', { name: 'Delete task' }).click()
      await said(page).getByText('Deleted').waitFor()
      assert.equal(await rowOf(page, quote).count(), 0)
      await undo(page)
      await rowOf(page, quote).waitFor()
      await openTask(page, quote)
      const { href } = new URL(page.url())
      await openPart(page, 'Delete')
      await page.getByRole('button', { name: 'Delete task' }).click()
      await said(page).getByText('Deleted').waitFor()
      assert.equal(tasksInAttio(stage, quote).length, 1)
      stage.clock.skip(15 * second)
      await inAttio(stage, quote, (task) => task === undefined)
      await page.goto(href)
      await page.getByRole('heading', { name: 'Page not found' }).waitFor()
    },
  )

  journey(
    'editing the text creates a new task with all other fields of the old one',
    async ({ stage }) => {
      const page = await settled(stage)
      const [old] = tasksInAttio(stage, quote)
      await openTask(page, quote)
      await (await textField(page)).fill('Send Initech the final quote')
      await page.getByRole('button', { name: 'Save as a copy' }).click()
      await said(page).getByText('Saved as a copy: “Send Initech the final quote”').waitFor()
      await backToList(page)
      await rowOf(page, 'Send Initech the final quote').waitFor()
      assert.equal(tasksInAttio(stage, 'Send Initech the final quote').length, 0)
      stage.clock.skip(15 * second)
      await inAttio(stage, 'Send Initech the final quote', (task) => task !== undefined)
      await inAttio(stage, quote, (task) => task === undefined)
      const [fresh] = tasksInAttio(stage, 'Send Initech the final quote')
      assert.deepEqual(fresh?.linkedRecords, old?.linkedRecords)
      assert.deepEqual(fresh?.assigneeIds, old?.assigneeIds)
      assert.equal(fresh?.deadlineAt, old?.deadlineAt)
    },
  )
})

// Changes that Attio refuses: the page says so above the list, and the person sends them again or discards them. And
// read-only workspaces.
import assert from 'node:assert/strict'
import {
  backToList,
  benInAttio,
  inAttio,
  openPart,
  openTask,
  pressCheckbox,
  quote,
  rowOf,
  said,
  searchRecords,
  tasksInAttio,
} from '../../testing/browser/task-steps.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { look } from '../../testing/browser/check-page.ts'
import { day, minute } from '../../testing/browser/offset-clock.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import { connect, see, showEveryone, signUp } from '../../testing/browser/account-steps.ts'

const readOnly = [
  'task:read',
  'user_management:read',
  'object_configuration:read',
  'record_permission:read',
]

journeys('refused changes', (journey) => {
  journey(
    'a refused change is shown with Attio’s message, and can be sent again or discarded',
    async ({ stage }) => {
      const page = await settled(stage)
      const message = 'The <b>moon</b> is full.'
      const refuse = () =>
        stage.attio.control.faults.add({
          method: 'PATCH',
          path: '/v2/tasks/*',
          answer: {
            status: 400,
            body: {
              status_code: 400,
              type: 'invalid_request_error',
              code: 'validation_type',
              message,
            },
          },
        })
      const heal = refuse()
      await pressCheckbox(page, quote)
      const box = page.getByRole('region', { name: 'Couldn’t save to Attio' })
      await see(page, box.getByText(`Attio said: “${message}”`))
      await rowOf(page, quote).getByRole('button', { name: 'Complete' }).waitFor()
      await look(page)
      heal()
      await box.getByRole('button', { name: 'Try again' }).click()
      await said(page).getByText('Sending to Attio again.').waitFor()
      await inAttio(stage, quote, (task) => task?.isCompleted === true)
      await see(page, page.getByRole('heading', { name: 'Open tasks' }))
      refuse()
      await pressCheckbox(page, 'Ask Hooli who signs')
      await see(page, box.getByText('Attio said:'))
      await box.getByRole('button', { name: 'Discard' }).click()
      await said(page).getByText('Discarded your change.').waitFor()
      assert.equal(await box.count(), 0)
      await rowOf(page, 'Ask Hooli who signs').getByRole('button', { name: 'Complete' }).waitFor()
    },
  )

  journey('a newer change in Attio is kept, and the person is told', async ({ stage }) => {
    const page = await settled(stage)
    const heal = stage.attio.control.faults.add({
      path: '/v2/tasks*',
      answer: { reset: 'before-commit' },
    })
    await openTask(page, quote)
    await openPart(page, 'Due date')
    await page.getByRole('button', { name: /^Tomorrow/ }).click()
    await said(page).getByText('Due tomorrow').waitFor()
    await backToList(page)
    await see(page, rowOf(page, quote).getByText('Saving…'))
    await page.getByText('Saving 1 change').waitFor()
    await look(page)
    const [task] = tasksInAttio(stage, quote)
    const theirs = stage.clock.now() + 9 * day
    benInAttio(stage).updateTask(task?.id ?? '', { deadlineAt: theirs })
    heal()
    stage.clock.skip(10 * minute)
    await see(
      page,
      page.getByText('Someone changed the due date in Attio first, so theirs was kept.'),
    )
    assert.equal(tasksInAttio(stage, quote)[0]?.deadlineAt, theirs)
    await look(page)
    await openTask(page, quote)
    await page
      .getByRole('region', { name: 'Couldn’t save this task to Attio' })
      .getByText('Someone changed the due date in Attio')
      .waitFor()
    await look(page)
  })

  journey(
    'a read-only workspace shows one message with the missing permissions, and offers no changes',
    async ({ stage }) => {
      stage.attio.control.setAppScopes(stage.clientId, readOnly)
      const page = await stage.page()
      await signUp(page)
      await connect(page)
      await showEveryone(page)
      await see(page, page.getByText(quote))
      await page
        .getByText(
          '“Tasks: Read-write” and “Webhooks: Read-write” are missing in Attio’s dashboard. Its tasks are read-only.',
        )
        .waitFor()
      assert.equal(await page.getByRole('button', { name: /^Complete/ }).count(), 0)
      assert.equal(await page.getByLabel('Add a task').count(), 0)
      await look(page)
      await openTask(page, quote)
      await page.getByText('Read-only: “Tasks').waitFor()
      assert.equal(
        await page.getByRole('button', { name: /Delete|Replace|Find|Set|Save/ }).count(),
        0,
      )
      await look(page)
      await page.getByRole('link', { name: 'What to do', exact: true }).click()
      await page.getByText('Tasks: Read-write is missing').waitFor()
      await page.getByText('Webhooks: Read-write is missing').waitFor()
      await look(page)
    },
  )

  journey(
    'while Attio does not answer, the record search says so and everything else works',
    async ({ stage }) => {
      const page = await settled(stage)
      await openTask(page, quote)
      stage.attio.control.faults.add({
        path: '/v2/objects*',
        answer: { status: 503, body: {} },
      })
      await openPart(page, 'Link a record')
      await page.getByLabel('Find a record').fill('hooli')
      await searchRecords(page)
      await page.getByText('Attio didn’t answer in time').waitFor({ timeout: 15_000 })
      assert.equal(await page.getByLabel('Find a record').inputValue(), 'hooli')
      await look(page)
    },
  )
})

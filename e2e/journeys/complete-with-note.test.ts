// Completing a task with a note on one of its linked records, in the panel and on the task's page.
import assert from 'node:assert/strict'
import { until } from '../../testing/processes/event-streams.ts'
import { countWork } from '../../testing/browser/count-work.ts'
import { lookAtEverySize } from '../../testing/browser/every-size.ts'
import { journeys } from '../../testing/browser/journeys.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import { inAttio, openTask, quote, rowOf, said, undo } from '../../testing/browser/task-steps.ts'
import { scopesWithNotes } from '../../testing/in-process/testbed.ts'
import type { Stage } from '../../testing/browser/browser-testbed.ts'

journeys('completing with a note', (journey) => {
  journey(
    'a task is completed with a note, undone, and completed again',
    async ({ stage, javaScript }) => {
      const page = await settled(stage)
      await openTask(page, quote)
      const work = countWork(page)
      if (javaScript) await work.press('E')
      else await page.getByText('Complete with a note').click()
      const note = page.getByRole('textbox', { name: 'Note' })
      await page.getByLabel('Note on').selectOption('Grace Hopper')
      await note.fill('They take it.')
      await lookAtEverySize(page)
      await page.getByRole('button', { name: 'Complete with note' }).click()
      await said(page).getByText(`Completed “${quote}” with a note`).waitFor()
      await undo(page)
      await rowOf(page, quote).waitFor()
      stage.clock.skip(15_000)
      await inAttio(stage, quote, (task) => task?.isCompleted === false)
      assert.deepEqual(notesIn(stage), [])
      await rowOf(page, quote).getByRole('link', { name: quote }).focus()
      if (javaScript) await work.press('E')
      else await openTask(page, quote)
      if (!javaScript) await page.getByText('Complete with a note').click()
      await note.fill('They take it.')
      await page.getByRole('button', { name: 'Complete with note' }).click()
      await said(page).getByText(`Completed “${quote}” with a note`).waitFor()
      await inAttio(stage, quote, (task) => task?.isCompleted === true)
      stage.clock.skip(11_000)
      await until(() => Promise.resolve(notesIn(stage).length === 1))
      assert.deepEqual(notesIn(stage), [`Completed: ${quote}`])
      if (!javaScript) return
      await page.getByRole('button', { name: 'Reopen' }).waitFor()
      assert.equal(work.counts().loads, 0)
      work.print('Complete a task with a note, undo it, and do it again')
    },
    { scopes: scopesWithNotes },
  )
})

function notesIn({ attio }: Stage): readonly string[] {
  return attio.control.world.notes
    .all()
    .map(({ title }) => title)
    .filter((title) => title.startsWith('Completed'))
}

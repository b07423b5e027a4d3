// The task list in daily life: filters and views, several workspaces, Attio down, sync now.
import { standard, type ActingMember, type LocalAttio } from '@taskr/local-attio'
import { journeys } from '../../testing/browser/journeys.ts'
import { look } from '../../testing/browser/check-page.ts'
import { minute } from '../../testing/browser/offset-clock.ts'
import { settled } from '../../testing/browser/signed-in-page.ts'
import { connect, see, showEveryTask } from '../../testing/browser/account-steps.ts'

journeys('the task list', (journey) => {
  journey('every view and filter lists the expected tasks', async ({ stage }) => {
    const page = await settled(stage)
    await look(page)
    await page.getByRole('link', { name: 'Unassigned', exact: true }).click()
    await page.getByText('Send Initech the revised quote').waitFor({ state: 'detached' })
    await page.getByText('Find out who owns this').waitFor()
    await page.getByRole('link', { name: 'Mine', exact: true }).click()
    await page.getByText('Send Initech the revised quote').waitFor()
    const views = page.getByRole('navigation', { name: 'Views' })
    for (const view of ['Overdue', 'Today', 'Upcoming', 'No date', 'Done']) {
      await views.getByRole('link', { name: view }).click()
      await page.getByRole('heading', { name: view, level: 1 }).waitFor()
      await look(page)
    }
    await page.goto('/?view=someday')
    await page.getByRole('heading', { name: 'Page not found' }).waitFor()
    await look(page)
  })

  journey(
    'H-53 markup in a task is shown as text, and unusual scripts are shown unchanged',
    async ({ stage }) => {
      const page = await settled(stage)
      await page
        .getByText('<script>alert("task")</script> & <img src=x onerror=alert(1)>')
        .waitFor()
      await page.getByText('متابعة عقد الشحن مع نور').waitFor()
    },
  )

  journey(
    'the tasks of two workspaces form one list that names the workspace, and can be filtered by it',
    async ({ stage }) => {
      const page = await settled(stage)
      await page.getByRole('link', { name: 'Connect another' }).click()
      await connect(page, { workspace: 'Globex' })
      await showEveryTask(page)
      const row = page.getByRole('listitem').filter({ hasText: 'Invite Hank Scorpio' })
      await see(page, row.getByRole('img', { name: 'Globex', exact: true }))
      await page
        .getByRole('listitem')
        .filter({ hasText: 'Send Initech the revised quote' })
        .getByRole('img', { name: 'Acme Robotics', exact: true })
        .waitFor()
      await look(page)
      const workspaces = page.getByRole('navigation', { name: 'Workspaces' })
      await workspaces.getByRole('link', { name: 'Globex' }).click()
      await page.getByRole('list', { name: 'Filters' }).getByText('Globex').waitFor()
      await page.getByText('Invite Hank Scorpio').waitFor()
      await page.getByText('Send Initech the revised quote').waitFor({ state: 'detached' })
      await look(page)
      await page.getByRole('link', { name: 'Connections' }).click()
      await page.getByRole('main').getByRole('link', { name: 'Globex', exact: true }).click()
      await page.getByText('Permissions').waitFor()
      await look(page)
    },
  )

  journey(
    'while Attio is down the page shows the last synced tasks and says so, and syncs when Attio is back',
    async ({ stage }) => {
      const page = await settled(stage)
      const heal = stage.attio.control.faults.add({
        path: '/v2/*',
        answer: { reset: 'before-commit' },
      })
      stage.clock.skip(16 * minute)
      await page.reload()
      await see(page, page.getByText('Can’t reach Attio.'))
      await page.getByText('Send Initech the revised quote').waitFor()
      await look(page)
      heal()
      // After several failures in a row, calls to Attio wait for a while.
      stage.clock.skip(minute)
      acme(stage.attio).addTask({ content: 'Written while Attio was away' })
      await page.getByRole('button', { name: 'Sync now' }).click()
      await see(page, page.getByText('Written while Attio was away'))
      // The task may come before the sync that finds Attio back, which is at most half a minute away.
      stage.clock.skip(minute)
      await see(page, page.locator('body').filter({ hasNotText: 'Can’t reach Attio' }))
    },
  )

  journey('a change in Attio is listed after Sync now', async ({ stage }) => {
    const page = await settled(stage)
    const ada = acme(stage.attio)
    const { id } = ada.addTask({ content: 'Try the new gripper', assigneeIds: [ada.member.id] })
    await page.getByRole('button', { name: 'Sync now' }).click()
    await see(page, page.getByText('Try the new gripper'))
    ada.completeTask(id)
    stage.clock.skip(16 * minute)
    await page.reload()
    await page.getByRole('link', { name: 'Done', exact: true }).click()
    await see(page, page.getByText('Try the new gripper'))
  })
})

function acme({ control }: LocalAttio): ActingMember {
  return control.as({ member: standard.people.ada.emailAddress, workspace: 'acme' })
}

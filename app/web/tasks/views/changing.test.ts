// The texts and buttons of pages that change tasks.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { frame, minute, now, setting, sourceOf, wordsOf } from '../../ui/for-tests.ts'
import { changeToasts, failedChangeSamples } from '../../gallery/change-samples.ts'
import { samples } from '../../gallery/samples.ts'
import type { ConnectionRow } from './connection-problems.ts'
import { problemInWords, wantedInWords } from './change-in-words.ts'
import { taskListPage, type TaskListPage } from './task-list.ts'
import type { TaskRow } from './task-row.ts'

const acme: ConnectionRow = {
  connectionId: 'acme',
  workspaceName: 'Acme Robotics',
  status: 'active',
  asOf: now - minute,
}
const globe = { ...acme, connectionId: 'globe', workspaceName: 'Globex' }
const quickAdd = { targets: [acme], today: '2026-11-23', tomorrow: '2026-11-24' }

const page = (row: Partial<TaskRow>, changes: Partial<TaskListPage> = {}) =>
  taskListPage({
    frame: { ...frame, address: '/?view=today' },
    query: { view: 'today', whose: 'mine', page: 1 },
    groups: [{ kind: 'today', total: 1, tasks: [{ ...task, ...row }] }],
    pages: 1,
    connections: [acme],
    quickAdd,
    changes: { underWay: 0, failed: [] },
    ...changes,
  })

const task: TaskRow = {
  connectionId: 'acme',
  workspaceName: 'Acme Robotics',
  taskId: 'one',
  content: 'Call Marta',
  deadlineAt: null,
  isCompleted: false,
  isWritable: true,
  assignees: [],
  linkedRecords: [],
}

suite('a row that can be changed', () => {
  test('the checkbox of a row posts the wanted state, a key and the address to return to', async () => {
    const source = await sourceOf(page({}))
    const form = formOfCheckboxes(source)
    assert.match(form, /^<form method="post"/)
    assert.match(form, /name="requestKey" value="[^"]+"/)
    assert.match(form, /name="returnTo" value="\/\?view=today"/)
    const [button = ''] = checkboxesIn(form)
    assert.match(button, / type="submit" formaction="\/tasks\/acme\/one\/completion"/)
    assert.match(button, / aria-label="Complete: Call Marta"/)
    assert.doesNotMatch(button, / name="/)
    const [again = ''] = checkboxesIn(formOfCheckboxes(await sourceOf(page({ isCompleted: true }))))
    assert.match(again, / formaction="\/tasks\/acme\/one\/completion"/)
    assert.match(again, / name="isCompleted" value="no"/)
    assert.match(again, / aria-label="Reopen: Call Marta"/)
  })

  test('every form has its own key, and every checkbox of the list its own address', async () => {
    let made = 0
    const requestKey = () => `key-${(made += 1)}`
    const tasks = ['one', 'two', 'three'].map((taskId) => ({ ...task, taskId }))
    const groups = [{ kind: 'today', total: 3, tasks }] as const
    const source = await sourceOf(page({}, { frame: { ...frame, requestKey }, groups }))
    const keys = [...source.matchAll(/name="requestKey" value="([^"]+)"/g)].map(([, key]) => key)
    assert.equal(keys.length, 2)
    assert.equal(new Set(keys).size, 2)
    const addresses = checkboxesIn(formOfCheckboxes(source)).map(
      (checkbox) => /formaction="[^"]+"/.exec(checkbox)?.[0],
    )
    assert.equal(new Set(addresses).size, 3)
  })

  test('the text of a row links to the task’s page, with the page to return to', async () => {
    const source = await sourceOf(page({}))
    assert.match(source, /href="\/tasks\/acme\/one\?from=%2F%3Fview%3Dtoday" ?>Call Marta</)
  })

  test('a row shows that it is being saved, and has no button in a read-only workspace', async () => {
    assert.match(await wordsOf(page({ isPending: true })), /Call Marta Saving…/)
    const source = await sourceOf(page({ isWritable: false }))
    assert.deepEqual(checkboxesIn(source), [])
    assert.match(source, /role="img" aria-label="Open"/)
  })
})

function checkboxesIn(source: string): readonly string[] {
  return source.match(/<button class="checkbox"[^>]*>/g) ?? []
}

/** A task with all fields filled. */
function formOfCheckboxes(source: string): string {
  const forms = source.match(/<form .*?<\/form>/g) ?? []
  return forms.find((form) => checkboxesIn(form).length > 0) ?? ''
}

suite('quick add', () => {
  const add = async (changes: Partial<TaskListPage>) =>
    /<form [^>]*class="add".*?<\/form>/.exec(await sourceOf(page({}, changes)))?.[0] ?? ''

  test('a new task appears in the list that it is added to', async () => {
    const today = await add({})
    assert.match(today, /name="date" type="date" value="2026-11-23"/)
    assert.match(today, /name="isMine" value="yes" checked/)
    const unassigned = await add({ query: { view: 'upcoming', whose: 'unassigned', page: 1 } })
    assert.match(unassigned, /name="date" type="date" value="2026-11-24"/)
    assert.doesNotMatch(unassigned, /checked/)
  })

  test('with several workspaces, quick add offers a choice and preselects the one shown', async () => {
    assert.doesNotMatch(await add({}), /<select/)
    const query = { view: 'open', whose: 'mine', workspace: 'globe', page: 1 } as const
    const several = await add({ query, quickAdd: { ...quickAdd, targets: [acme, globe] } })
    assert.match(several, /<option value="globe" selected>/)
  })

  test('quick add is not shown without a writable workspace', async () => {
    assert.equal(await add({ quickAdd: { ...quickAdd, targets: [] } }), '')
  })

  test('a refused task keeps its text and shows the reason', async () => {
    const refused = {
      content: 'Call "Marta"',
      date: '2026-12-01',
      connectionId: 'acme',
      isMine: false,
      problem: 'Too long: Attio allows 2,000 characters.',
    }
    const form = await add({ quickAdd: { ...quickAdd, refused } })
    assert.match(form, /value="Call &quot;Marta&quot;" aria-invalid="true"/)
    assert.match(form, /value="2026-12-01"/)
    assert.doesNotMatch(form, /checked/)
    assert.match(form, /id="add-problem" role="alert">Too long/)
  })
})

suite('changes that Attio refused', () => {
  test('each refusal has its own message, and Attio’s is shown as text', async () => {
    const failed = failedChangeSamples(setting)
    const words = await wordsOf(page({}, { changes: { underWay: 0, failed } }))
    for (const said of [
      'Due tomorrow 09:41 “Prepare the renewal for Umbrella” Someone changed the due date in Attio first, so theirs was kept.',
      'Attio doesn’t allow it: “Tasks: Read-write” is missing in Attio’s dashboard.',
      'The copy is saved, but the old task couldn’t be deleted. Attio said: “Something <b>odd</b> happened.”',
      'The task is no longer in Attio.',
      'Attio’s answer was lost, and 2 tasks there look like this one.',
      'Attio said: “An invalid value was passed.”',
      '3 more',
    ]) {
      assert.ok(words.includes(said), said)
    }
  })

  test('a refused change can be retried or discarded, and only discarded when its task is deleted', async () => {
    const failed = failedChangeSamples(setting)
    const source = await sourceOf(page({}, { changes: { underWay: 0, failed } }))
    assert.match(source, /method="post" action="\/changes\/1\/attempt"/)
    assert.match(source, /method="post" action="\/changes\/1\/dismissal"/)
    assert.doesNotMatch(source, /\/changes\/4\/attempt/)
    assert.match(source, /\/changes\/4\/dismissal/)
  })

  test('several fields are named together', () => {
    const fields = ['deadlineAt', 'assigneeIds', 'linkedRecords'] as const
    assert.match(
      problemInWords({ kind: 'conflict', fields }, []),
      /the due date, the assignees and the linked records in Attio/,
    )
    const wanted = { isCompleted: false, deadlineAt: null, linkedRecords: [] }
    const words = wantedInWords(
      { kind: 'update', content: '', wanted },
      { now, timeZone: 'Europe/Berlin' },
    )
    assert.equal(words, 'Reopen, remove due date and change linked records')
  })

  test('a refusal without a reason quotes nothing', () => {
    assert.equal(
      problemInWords({ kind: 'refused', status: 400, said: '' }, []),
      'Attio refused it without a reason.',
    )
  })
})

suite('after a change', () => {
  test('every toast has its own text, and offers Undo where possible', async () => {
    const said = new Set<string>()
    for (const toast of changeToasts(setting)) {
      const source = await sourceOf(page({}, { frame: { ...frame, toast } }))
      const box = /<div class="toast".*?<\/div>/.exec(source)?.[0] ?? ''
      said.add(box.replaceAll(/<[^>]*>/g, ''))
      assert.equal(box.includes('action="/changes/1/undoing"'), toast.kind === 'changed')
    }
    assert.equal(said.size, changeToasts(setting).length)
  })

  test('the header counts the changes being saved, beside how fresh the list is', async () => {
    const words = await wordsOf(page({}, { changes: { underWay: 2, failed: [] } }))
    assert.match(words, /Saving 2 changes Synced 1 min ago/)
    const one = await wordsOf(page({}, { changes: { underWay: 1, failed: [] }, isLive: true }))
    assert.match(one, /Saving 1 change Live/)
  })
})

suite('a task’s page', () => {
  const wordsOn = async (name: string) =>
    wordsOf(samples(setting).find((sample) => sample.name === name)?.page ?? assert.fail(name))

  test('the page shows the task’s fields, and explains replacing its text beforehand', async () => {
    const words = await wordsOn('task-open')
    assert.match(words, /Complete Due date: today 11:41/)
    assert.match(words, /Assignees: ?JD ?Jo Doe/)
    assert.match(words, /Changes in Taskr in the last week Due today 11:41 · saving… 09:40/)
    assert.match(words, /by Ada Park/)
    assert.match(
      words,
      /Attio can’t edit task text, so saving creates a copy \(with a new created date\) and deletes this one\./,
    )
    assert.match(words, /Today ?Mon 23 Nov Tomorrow ?Tue 24 Nov Next Monday ?Mon 30 Nov No date/)
  })

  test('a completed task can be reopened while it is being saved', async () => {
    const words = await wordsOn('task-completed-pending')
    assert.match(words, /Reopen Completed ?Saving…/)
  })

  test('a search says when Attio does not respond', async () => {
    assert.match(await wordsOn('task-search-no-answer'), /Attio didn’t answer in time/)
    assert.match(await wordsOn('task-found-nothing'), /No records match “nobody”\./)
  })

  test('a task in a read-only workspace has no buttons, and the page says why once', async () => {
    const words = await wordsOn('task-read-only')
    assert.match(words, /Read-only: “Tasks: Read-write” is missing/)
    assert.doesNotMatch(words, /Complete |Delete|Save|Unlink|Search/)
  })
})

// The form that completes a task with a note: where it is offered, what it says, and that no text is lost.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { wordsOf } from '../../../../testing/in-process/page-text.ts'
import { startChanging, type Changing } from '../../../../testing/in-process/task-changes.ts'
import { startTeam } from '../../../../testing/in-process/team.ts'
import { createWorld, scopesWithNotes } from '../../../../testing/in-process/testbed.ts'

const quote = 'Send Initech the revised quote'
const unlinked = 'Renew the safety certificate'

suite('completing a task with a note', () => {
  test('the form offers each linked record, and its toast undoes task and note', async () => {
    await using world = await createWorld({ scopes: scopesWithNotes })
    const changing = await startChanging(world)
    const { jo, shownOf } = changing
    const { body, address } = await cardOf(changing, quote)
    assert.match(wordsOf(body), /Complete with a note Note on Initech Grace Hopper/)
    const [record] = (await shownOf(quote)).linkedRecords
    const fields = { ...keyOf(body), returnTo: '/', isCompleted: 'yes', note: 'They take it.' }
    const form = { ...fields, recordId: record?.recordId ?? '' }
    const answer = await jo.post(`${address}/completion`, form)
    assert.deepEqual([answer.status, answer.location], [303, '/'])
    const list = await jo.get('/')
    assert.match(wordsOf(list.body), /Completed “Send Initech the revised quote” with a note Undo/)
    const undo = /action="(\/changes\/[^"]+\/undoing)"/.exec(list.body)?.[1] ?? ''
    await jo.post(undo, { returnTo: '/' })
    assert.equal((await shownOf(quote)).isCompleted, false)
    await changing.settle()
    assert.equal(world.attio.control.journal.count({ method: 'POST', path: '/v2/notes' }), 0)
  })

  test('an empty note only completes the task', async () => {
    await using world = await createWorld({ scopes: scopesWithNotes })
    const changing = await startChanging(world)
    const { jo, shownOf } = changing
    const { body, address } = await cardOf(changing, quote)
    const fields = { ...keyOf(body), returnTo: '/', isCompleted: 'yes', note: ' \r\n ' }
    await jo.post(`${address}/completion`, { ...fields, recordId: 'x' })
    assert.match(wordsOf((await jo.get('/')).body), /Completed “Send Initech the revised quote”/)
    assert.equal((await shownOf(quote)).isCompleted, true)
  })

  test('a refused note comes back with its text, its record and the reason', async () => {
    await using world = await createWorld({ scopes: scopesWithNotes })
    const changing = await startChanging(world)
    const { jo, shownOf } = changing
    const { body, address } = await cardOf(changing, quote)
    const recordId = (await shownOf(quote)).linkedRecords[1]?.recordId ?? ''
    const fields = { ...keyOf(body), returnTo: '/?view=open', isCompleted: 'yes' }
    const long = 'x'.repeat(10_001)
    const refused = await jo.post(`${address}/completion`, { ...fields, recordId, note: long })
    assert.equal(refused.status, 422)
    assert.match(wordsOf(refused.body), /Too long: a note can have 10,000 characters\./)
    assert.match(refused.body, /<title>Problem: /)
    assert.match(refused.body, new RegExp(`value="${recordId}"\\s+selected`))
    assert.ok(refused.body.includes(`>\n${long}</textarea>`))
    assert.match(refused.body, /class="way-back"><a href="\/\?view=open"/)
    const elsewhere = { ...fields, recordId: crypto.randomUUID(), note: 'On which?' }
    const other = await jo.post(`${address}/completion`, elsewhere)
    assert.match(wordsOf(other.body), /no longer linked to this task/)
    assert.match(other.body, />\s*On which\?<\/textarea>/)
    assert.equal((await shownOf(quote)).isCompleted, false)
  })

  test('the form is missing without the scope, without linked records, and on a completed task', async () => {
    await using world = await createWorld({ scopes: scopesWithNotes })
    const changing = await startChanging(world)
    assert.doesNotMatch((await cardOf(changing, unlinked)).body, /Complete with note/)
    await changing.update(quote, { isCompleted: true })
    assert.doesNotMatch((await cardOf(changing, quote)).body, /Complete with note/)
    await using other = await createWorld()
    const without = await startChanging(other)
    const { body, address } = await cardOf(without, quote)
    assert.doesNotMatch(body, /Complete with note/)
    const recordId = (await without.shownOf(quote)).linkedRecords[0]?.recordId ?? ''
    const fields = { ...keyOf(body), returnTo: '/', isCompleted: 'yes', note: 'Forged', recordId }
    const forged = await without.jo.post(`${address}/completion`, fields)
    assert.equal(forged.status, 422)
    assert.match(wordsOf(forged.body), /Attio doesn’t let Taskr write notes in this workspace\./)
    assert.match(forged.body, />\s*Forged<\/textarea>/)
  })

  test('60 the form is missing for a seat that may not link records', async () => {
    await using team = await startTeam({ scopes: scopesWithNotes })
    const { benAtAcme, danaAtAcme } = standard.members
    const rights = { sees: 'everyone' } as const
    const ben = await team.join('ben', benAtAcme, { ...rights, mayLink: true })
    const dana = await team.join('dana', danaAtAcme, { ...rights, mayLink: false })
    const list = await ben.browser.get('/?view=open&whose=everyone')
    const address = addressOn(list.body, quote)
    assert.match((await ben.browser.get(address)).body, /Complete with note/)
    assert.doesNotMatch((await dana.browser.get(address)).body, /Complete with note/)
  })

  test('40 the export of everything has the note', async () => {
    await using world = await createWorld({ scopes: scopesWithNotes })
    const changing = await startChanging(world)
    const { jo, owner, shownOf } = changing
    const { taskId, linkedRecords } = await shownOf(quote)
    const note = { recordId: linkedRecords[0]?.recordId ?? '', text: 'They take it.' }
    await world.taskr.parts.changes.completeWithNote({ ...owner, taskId }, note, 'the form')
    const { body } = await jo.post('/settings/export/everything.json')
    assert.match(body, /^\{/)
    assert.match(body, /"text":\s*"They take it\.\\n\\nAda Byron"/)
  })
})

async function cardOf({ jo, owner, shownOf }: Changing, content: string) {
  const { taskId } = await shownOf(content)
  const address = `/tasks/${owner.connectionId}/${taskId}`
  return { address, body: (await jo.get(address)).body }
}

function addressOn(page: string, text: string): string {
  const [, address = ''] = new RegExp(`href="(/tasks/[^"?]+)[^"]*"[^>]*>${text}`).exec(page) ?? []
  return address
}

function keyOf(body: string): Readonly<Record<string, string>> {
  return { requestKey: /name="requestKey" value="([\w-]+)"/.exec(body)?.[1] ?? '' }
}

// The forms that change tasks: a repeated form is one change, and forms for others' tasks or from other sites fail.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import type { Browser } from '../../../../testing/in-process/http-browser.ts'
import { wordsOf } from '../../../../testing/in-process/page-text.ts'
import { connect, createWorld, type World } from '../../../../testing/in-process/testbed.ts'

const quote = 'Send Initech the revised quote'
const certificate = 'Renew the safety certificate'

suite('forms that change tasks', () => {
  test('RL-28 the same form sent a hundred times at once is one change, with the same response each time', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const { body } = await jo.get('/')
    const fields = { ...fieldsOf(body, '/tasks'), content: 'Once', isMine: 'yes' }
    const answers = await Promise.all(Array.from({ length: 100 }, () => jo.post('/tasks', fields)))
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [303])
    assert.deepEqual([...new Set(answers.map(({ location }) => location))], ['/'])
    await world.advanceUntil(world.taskr.idle())
    assert.equal(inAttio(world, 'Once').length, 1)
  })

  test('RL-28 resending the form with another text, as after Back, adds another task', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const fields = { ...fieldsOf((await jo.get('/')).body, '/tasks'), isMine: 'yes' }
    for (const content of ['One', 'Two', 'One']) await jo.post('/tasks', { ...fields, content })
    await world.advanceUntil(world.taskr.idle())
    assert.equal(inAttio(world, 'One').length, 1)
    assert.equal(inAttio(world, 'Two').length, 1)
  })

  test('RL-28 two checkboxes of one page make two changes, even when each is pressed twice', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const { body } = await jo.get('/')
    const checkboxes = [quote, certificate].map((text) => completionOn(body, text))
    assert.deepEqual(checkboxes[0]?.fields, checkboxes[1]?.fields)
    const presses = [...checkboxes, ...checkboxes].map(({ address, fields }) =>
      jo.post(address, fields),
    )
    const answers = await Promise.all(presses)
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [303])
    const { accountId } = await world.ownerOf(jo)
    const { underWay } = await world.taskr.parts.changes.listOpen(accountId)
    assert.equal(underWay, 2)
    await world.advanceUntil(world.taskr.idle())
    for (const text of [quote, certificate]) {
      assert.deepEqual(
        inAttio(world, text).map(({ isCompleted }) => isCompleted),
        [true],
      )
    }
  })

  test('the checkbox of a completed task reopens it', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const { address, fields } = await completionOf(jo, quote)
    await jo.post(address, fields)
    const { body } = await jo.get('/?view=done')
    const again = completionOn(body, quote)
    assert.equal(again.address, address)
    assert.match(body, new RegExp(`formaction="${address}"\\s+name="isCompleted" value="no"`))
    await jo.post(again.address, { ...again.fields, isCompleted: 'no' })
    assert.match(wordsOf((await jo.get('/')).body), /Reopened “Send Initech the revised quote”/)
    await world.advanceUntil(world.taskr.idle())
    assert.equal(inAttio(world, quote)[0]?.isCompleted, false)
  })

  test('completing a task on two pages is one change, and the second says there is nothing to change', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const [first, second] = [await completionOf(jo, quote), await completionOf(jo, quote)]
    assert.notEqual(first.fields['requestKey'], second.fields['requestKey'])
    await jo.post(first.address, first.fields)
    await jo.post(second.address, second.fields)
    assert.match(wordsOf((await jo.get('/')).body), /Nothing to change\./)
  })

  test('a page that refetches itself leaves the toast to the page that acted', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const { address, fields } = await completionOf(jo, quote)
    await jo.post(address, fields)
    const refetched = await jo.get('/', { 'x-taskr-refetch': 'yes' })
    assert.doesNotMatch(wordsOf(refetched.body), /Completed/)
    assert.match(wordsOf((await jo.get('/')).body), /Completed “Send Initech the revised quote”/)
  })

  test('8.2.2 an account cannot see, change or undo tasks of another account', async () => {
    await using world = await createWorld()
    const jo = await world.connected('jo')
    const { address, fields } = await completionOf(jo, quote)
    const page = address.replace('/completion', '')
    const eve = await world.signedUp('eve')
    await connect(world.attio, eve, {
      person: standard.people.edith.emailAddress,
      workspace: 'globex',
    })
    await world.taskr.idle()
    assert.equal((await eve.get(page)).status, 404)
    for (const [part, more] of Object.entries({
      completion: {},
      deadline: { quick: 'none' },
      assignees: {},
      'linked-records': { targetObject: 'people', recordId: 'x' },
      'linked-records/removal': { targetObject: 'people', recordId: 'x' },
      replacement: { content: 'Mine now' },
      deletion: {},
    })) {
      const { requestKey = '', returnTo = '' } = fields
      const answer = await eve.post(`${page}/${part}`, { requestKey, returnTo, ...more })
      assert.equal(answer.status, 404, part)
    }
    await jo.post(address, fields)
    const undo = /action="(\/changes\/[^"]+\/undoing)"/.exec((await jo.get('/')).body)?.[1] ?? ''
    assert.notEqual(undo, '')
    assert.equal((await eve.post(undo, { returnTo: '/' })).status, 303)
    assert.match(wordsOf((await eve.get('/')).body), /Too late to undo/)
    await world.advanceUntil(world.taskr.idle())
    assert.equal(inAttio(world, quote)[0]?.isCompleted, true)
  })

  test('OA-14 a change never redirects to another host', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const { address, fields } = await completionOf(jo, quote)
    for (const returnTo of ['//evil.example', 'https://evil.example', '/\\evil.example', '']) {
      const answer = await jo.post(address, { ...fields, returnTo })
      assert.equal(answer.location, '/', returnTo)
    }
  })

  test('a form without its key, with an invalid key or with unknown fields changes nothing', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const { address, fields } = await completionOf(jo, quote)
    const { requestKey: _requestKey, ...keyless } = fields
    for (const strange of [
      keyless,
      { ...fields, requestKey: 'short' },
      { ...fields, isCompleted: 'perhaps' },
      { ...fields, more: 'x' },
    ]) {
      assert.equal((await jo.post(address, strange)).status, 400)
    }
    await world.advanceUntil(world.taskr.idle())
    assert.equal(inAttio(world, quote)[0]?.isCompleted, false)
  })

  test('the card of a refused text or date leads back to the list that it was opened from', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const list = await jo.get('/?view=open')
    const [, address = ''] =
      new RegExp(`href="(/tasks/[^"?]+)[^"]*"[^>]*>${quote}`).exec(list.body) ?? []
    const stay = `${address}?from=${encodeURIComponent('/?view=open')}`
    const { requestKey = '' } = fieldsOf(list.body, '/')
    for (const [part, fields] of [
      ['replacement', { content: ' ' }],
      ['deadline', { date: '', time: '10:00' }],
    ] as const) {
      const form = { requestKey, returnTo: stay, ...fields }
      const { status, body } = await jo.post(`${address}/${part}`, form)
      assert.equal(status, 422, part)
      assert.match(body, /class="way-back"><a href="\/\?view=open">/, part)
      assert.ok(body.includes(`name="returnTo" value="${stay}"`), part)
    }
  })

  test('a text saved without a real change replaces nothing', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const { body } = await jo.get('/?view=open')
    const [, address = ''] =
      new RegExp(`href="(/tasks/[^"?]+)[^"]*"[^>]*>${quote}`).exec(body) ?? []
    const [before] = inAttio(world, quote)
    for (const content of [`${quote} `, `\r\n\t${quote}`, `${quote}\u00a0`]) {
      const { requestKey = '' } = fieldsOf((await jo.get('/?view=open')).body, '/')
      const form = { requestKey, returnTo: '/', content }
      const { status } = await jo.post(`${address}/replacement`, form)
      assert.equal(status, 303, JSON.stringify(content))
    }
    // Longer than a change can be undone before it is sent.
    await world.clock.advance(15_000)
    await world.advanceUntil(world.taskr.idle())
    assert.ok(before)
    assert.deepEqual(
      inAttio(world, quote).map(({ id }) => id),
      [before.id],
    )
    assert.equal(world.sent(`/v2/tasks/${before.id}`), 0)
  })

  test('an invalid date is shown again as typed', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const fields = fieldsOf((await jo.get('/?view=today')).body, '/tasks')
    const answer = await jo.post('/tasks', { ...fields, content: 'Call & ask', date: 'soon' })
    assert.equal(answer.status, 422)
    assert.match(answer.body, /value="Call &amp; ask"/)
    assert.match(wordsOf(answer.body), /Enter a date like/)
    assert.match(answer.body, /<title>Problem: Today/)
  })
})

function inAttio(world: World, text: string) {
  return world.attio.control.world.tasks.all().filter(({ content }) => content === text)
}

/** Returns a checkbox's form: the fields of the form around the list, and the checkbox's own address. */
async function completionOf(browser: Browser, text: string) {
  return completionOn((await browser.get('/')).body, text)
}

function completionOn(page: string, text: string) {
  // The page before the first row belongs to no row.
  const [, ...rows] = page.split(/<li\s/)
  const row = rows.find((part) => part.includes(text)) ?? ''
  const address = /\sformaction="([^"]+\/completion)"/.exec(row)?.[1] ?? ''
  return { address, fields: fieldsOf(page, '/') }
}

/** Returns the hidden and prefilled fields of the form with that address. */
function fieldsOf(page: string, address: string): Record<string, string> {
  const form =
    page
      .split('<form')
      .find((part) => part.includes('method="post"') && part.includes(`action="${address}"`)) ?? ''
  const inputs = form.split('</form>')[0]?.match(/<input[^>]*>/g) ?? []
  return Object.fromEntries(
    inputs.flatMap((input) => {
      const name = / name="([^"]*)"/.exec(input)?.[1]
      const isBox = input.includes('type="checkbox"')
      return name === undefined || isBox ? [] : [[name, / value="([^"]*)"/.exec(input)?.[1] ?? '']]
    }),
  )
}

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createTestAttio, noon, type TestAttio } from '../for-tests.ts'
import { createVisitor, type Visitor } from '../pages/for-tests/visitor.ts'
import { acmeTaskId } from '../seed/standard.ts'

async function inspect(options = {}): Promise<{ attio: TestAttio; visitor: Visitor }> {
  const attio = createTestAttio(options)
  const visitor = createVisitor(attio)
  await visitor.open('/_control')
  return { attio, visitor }
}

suite('54 the journal', () => {
  test('54 the journal shows requests, answers and a command that repeats them', async () => {
    const { attio, visitor } = await inspect()
    const path = `/v2/tasks/${acmeTaskId(1)}`
    await attio.call('PATCH', path, { data: { is_completed: true } })
    const { text, html } = await visitor.open('/_control')
    assert.match(text, /200 PATCH \/v2\/tasks\/\S+ tasks\.update Taskr/)
    assert.match(text, /authorization: Bearer \[secret\]/)
    assert.match(text, /"is_completed": true/)
    const curl = `curl -X PATCH '${attio.origin}${path}' -H 'authorization: Bearer [secret]'`
    assert.ok(text.includes(curl))
    assert.ok(text.includes(`--data-raw '{"data":{"is_completed":true}}'`))
    assert.ok(!html.includes(attio.token))
  })

  test('the journal has filters, and shows requests to this server’s own pages on demand', async () => {
    const { attio, visitor } = await inspect()
    await attio.call('GET', '/v2/tasks?limit=1')
    await attio.call('GET', '/v2/self')
    await visitor.open('/developers')
    await visitor.open('/_control')
    assert.match(visitor.page.text, /Journal 2 exchanges/)
    await visitor.press('Show', { 'Path (* for anything)': '/v2/s*', Method: 'GET' })
    assert.match(visitor.page.text, /Journal 1 exchanges/)
    await visitor.press('Show', { 'Path (* for anything)': '', 'Include these pages': true })
    assert.match(visitor.page.text, /GET \/developers/)
    await visitor.press('Clear the journal')
    assert.match(visitor.page.text, /No requests match/)
  })

  test('the journal marks dropped headers and bodies, and page requests displace no app requests', async () => {
    const { attio, visitor } = await inspect()
    await attio.call('GET', '/v2/self?first')
    for (let count = 0; count < 300; count += 1) await attio.fetch(`${attio.origin}/_control/clock`)
    await visitor.open('/_control?path=/v2/self')
    assert.match(visitor.page.text, /authorization: Bearer \[secret\]/)
    for (let count = 0; count < 300; count += 1) await attio.call('GET', '/v2/tasks?limit=1')
    await visitor.open('/_control?path=/v2/self')
    assert.match(visitor.page.text, /GET \/v2\/self\?first/)
    assert.match(visitor.page.text, /kept for the latest 250 exchanges only/)
  })

  test('the journal is split into pages', async () => {
    const { attio, visitor } = await inspect()
    for (let count = 0; count < 60; count += 1) await attio.call('GET', `/v2/self?n=${count}`)
    await visitor.open('/_control')
    assert.ok(visitor.page.text.includes('n=59') && !visitor.page.text.includes('n=9 '))
    await visitor.follow('Older')
    assert.ok(visitor.page.text.includes('n=9 ') && !visitor.page.text.includes('n=59'))
  })
})

suite('48 faults', () => {
  test('common faults are added, described and removed', async () => {
    const { attio, visitor } = await inspect()
    await visitor.press('Add fault', {
      'What happens': 'Done, then the connection is reset',
      Method: 'POST',
      'Path (* for anything)': '/v2/tasks',
      'How many times': '3',
      'For how many seconds': '60',
    })
    assert.match(visitor.page.text, /#1: POST \/v2\/tasks, at most 3, for 60 s; met 0/)
    const { tasks } = attio.control.world
    const { size } = tasks
    const data = {
      content: 'Twice',
      format: 'plaintext',
      deadline_at: null,
      is_completed: false,
      linked_records: [],
      assignees: [],
    }
    await assert.rejects(attio.call('POST', '/v2/tasks', { data }), TypeError)
    assert.equal(tasks.size, size + 1)
    await visitor.press('Add fault', { 'What happens': 'Attio is down: 503' })
    assert.equal((await attio.call('GET', '/v2/tasks')).status, 503)
    await visitor.open('/_control')
    assert.match(visitor.page.text, /met 1/)
    await visitor.press('Remove fault #2')
    assert.equal((await attio.call('GET', '/v2/tasks')).status, 200)
    await visitor.press('Add fault')
    await visitor.press('Remove all faults')
    assert.match(visitor.page.text, /0 in force/)
  })

  test('every common fault can be picked', async () => {
    const { attio, visitor } = await inspect()
    const kinds = visitor.page.forms
      .flatMap((form) => form.controls)
      .find((control) => control.label === 'What happens')?.choices
    for (const { label } of kinds ?? []) await visitor.press('Add fault', { 'What happens': label })
    assert.equal(attio.control.faults.list().length, kinds?.length)
    for (const { label } of kinds ?? []) assert.ok(visitor.page.text.includes(label))
  })

  test('a problem is shown beside its field, and the input is kept', async () => {
    const { attio, visitor } = await inspect()
    const page = await visitor.press('Add fault', {
      'Path (* for anything)': 'v2',
      'How many times': 'often',
      'For how many seconds': '0',
    })
    assert.equal(page.status, 400)
    assert.match(page.text, /A path begins with “\/”/)
    assert.equal(page.text.match(/Enter a number from 1, or leave it empty/g)?.length, 2)
    assert.match(page.html, /value="often"/)
    assert.equal(attio.control.faults.list().length, 0)
  })
})

test('49 the clock is frozen, advanced and resumed', async () => {
  const { attio, visitor } = await inspect()
  const { clock } = attio.control
  assert.match(visitor.page.text, /Running Mon, 18 May 2026, 12:00 UTC/)
  await visitor.press('Freeze')
  assert.match(visitor.page.text, /Clock Frozen/)
  await visitor.press('Advance', { 'Advance by': '3', Unit: 'days' })
  assert.equal(clock.now(), noon + 3 * 86_400_000)
  assert.match(visitor.page.text, /Thu, 21 May 2026, 12:00 UTC/)
  for (const amount of ['', 'x', '-1', '1e9', '999999999']) {
    const refused = await visitor.press('Advance', { 'Advance by': amount, Unit: 'days' })
    assert.equal(refused.status, 400, amount)
  }
  assert.match(visitor.page.text, /a hundred years at most/)
  await visitor.press('Resume')
  assert.equal(clock.isFrozen, false)
})

suite('53 the world', () => {
  test('the world is reset to the first seed or another', async () => {
    const { attio, visitor } = await inspect()
    attio.control.reset()
    const seed = JSON.stringify(attio.control.save())
    attio.registerApp({ name: 'Another', redirectUris: [], scopes: [] })
    await visitor.press('Yes, reset everything')
    assert.match(visitor.page.text, /World reset/)
    assert.equal(JSON.stringify(attio.control.save()), seed)
    await visitor.press('Yes, reset everything', { 'Begin with': 'no-tasks' })
    assert.match(visitor.page.text, /0 apps, 4 tasks/)
  })

  test('a world is loaded from a file', async () => {
    const { attio } = await inspect()
    const other = createTestAttio({ seed: 'one-task' })
    const load = (content: string | undefined) => {
      const form = new FormData()
      if (content !== undefined) form.set('file', new File([content], 'world.json'))
      return attio.fetch(`${attio.origin}/_control/forms/world`, {
        method: 'POST',
        headers: { 'sec-fetch-site': 'same-origin' },
        body: form,
      })
    }
    const saved = JSON.stringify(other.control.save())
    assert.equal((await load(saved)).headers.get('location'), '/_control?said=world-loaded')
    assert.equal(JSON.stringify(attio.control.save()), saved)
    for (const content of [undefined, '', 'no', '{"version":1,"collections":{"tasks":[{}]}}']) {
      const refused = await load(content)
      assert.equal(refused.status, 400)
      assert.match(await refused.text(), /id="file-problem"/)
    }
    assert.equal(JSON.stringify(attio.control.save()), saved)
  })
})

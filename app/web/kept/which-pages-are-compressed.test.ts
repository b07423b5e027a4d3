import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { gunzipSync, gzipSync } from 'node:zlib'
import { standard } from '@taskr/local-attio'
import { connect, createWorld, type World } from '../../../testing/in-process/testbed.ts'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { itemsIn } from './page-items.ts'

const gzip = { 'accept-encoding': 'gzip, deflate, br' }
const member = standard.members.adaAtAcme
const everyones = '/?view=open&whose=everyone'

suite('which pages are compressed', () => {
  test('a list of one workspace is, at an address of Taskr’s own choices and IDs', async () => {
    await using world = await createWorld()
    const jo = await settled(world)
    const { connectionId } = await world.ownerOf(jo)
    for (const address of [
      '/',
      everyones,
      '/?view=done&whose=everyone',
      `/?view=open&whose=everyone&member=${member}`,
      `/?workspace=${connectionId}`,
    ]) {
      const page = await jo.get(address, gzip)
      assert.equal(page.status, 200, address)
      assert.equal(page.headers.get('content-encoding'), 'gzip', address)
      assert.match(page.headers.get('vary') ?? '', /accept-encoding/)
    }
  })

  test('BREACH: a page that repeats another text of its address is not', async () => {
    await using world = await createWorld()
    const jo = await settled(world)
    for (const address of [
      '/?view=open&whose=everyone&q=initech',
      '/?view=open&whose=everyone&member=Call+Initech',
      '/?view=open&whose=everyone&record=Call+Initech',
      '/?view=open&whose=everyone&guess=Call+Initech',
      '/?Call+Initech',
      '/?whose=everyone&view=open',
      '/?view=today',
    ]) {
      const page = await jo.get(address, gzip)
      assert.equal(page.status, 200, address)
      assert.equal(page.headers.get('content-encoding'), null, address)
    }
  })

  test('BREACH: of a list of two workspaces, no text is compressed together with one of the other', async () => {
    await using world = await createWorld()
    const jo = await settled(world)
    await connect(world.attio, jo, { workspace: 'globex' })
    await jo.get('/')
    await world.taskr.idle()
    const { connectionId } = await world.ownerOf(jo)
    for (const address of [everyones, `/?workspace=${connectionId}`]) {
      const { headers, body } = await jo.get(address)
      const sent = await jo.get(address, gzip)
      assert.equal(sent.headers.get('content-encoding'), 'gzip', address)
      const bytes = Number(sent.headers.get('content-length'))
      assert.ok(bytes > gzipSync(body).length * 1.5, `${bytes} of ${headers.get('content-length')}`)
      assert.ok(bytes < Buffer.byteLength(body) / 2, `${bytes}`)
      for (const item of itemsIn(Buffer.from(body)).map(String)) {
        const named = ['Acme Robotics', 'Globex'].filter((name) => item.includes(name))
        assert.ok(named.length < 2, item)
      }
    }
  })

  test('a page with a toast, a card and settings are not', async () => {
    await using world = await createWorld()
    const jo = await settled(world)
    const card = /href="(\/tasks\/[^"]+)"/.exec((await jo.get(everyones)).body)?.[1] ?? ''
    await jo.post('/settings/time-zone', { timeZone: 'Asia/Tokyo' })
    for (const address of ['/', card.replaceAll('&amp;', '&'), '/settings']) {
      const page = await jo.get(address, gzip)
      assert.equal(page.status, 200, address)
      assert.equal(page.headers.get('content-encoding'), null, address)
    }
  })

  test('the landing page is, being the same for everyone', async () => {
    await using world = await createWorld()
    const { publicUrl } = world.config
    const answer = await world.taskr.fetch(new Request(publicUrl, { headers: gzip }))
    assert.equal(answer.headers.get('content-encoding'), 'gzip')
    const text = gunzipSync(await answer.arrayBuffer()).toString()
    assert.equal(text, (await world.browser().get('/')).body)
  })

  test('a browser that accepts no gzip gets the page as it is', async () => {
    await using world = await createWorld()
    const jo = await settled(world)
    for (const accepted of ['br', 'gzip;q=0', '']) {
      const page = await jo.get('/', { 'accept-encoding': accepted })
      assert.equal(page.headers.get('content-encoding'), null, accepted)
      assert.match(page.body, /^<!doctype html>/i)
    }
  })
})

/** Opens the browser of a person whose toast about the connection has gone. */
async function settled(world: World): Promise<Browser> {
  const jo = await world.connected()
  await world.delivered()
  await jo.get('/')
  return jo
}

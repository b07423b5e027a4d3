// A name without a visible character would make a link or a heading that people cannot see.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { rewriteAnswers, withReplaced } from '../../testing/in-process/rewritten-answers.ts'
import { createWorld } from '../../testing/in-process/testbed.ts'
import { hasVisibleCharacter } from '../support/visible-text.ts'

const invisible = {
  'braille blank': '\u2800',
  'Hangul filler': '\u3164',
  'soft hyphen': '\u00ad',
  'tag characters': '\u{e0041}\u{e0042}',
  'right-to-left override': '\u202e',
  nothing: '',
}

suite('names without a visible character', () => {
  for (const [what, name] of Object.entries(invisible)) {
    test(`workspace, members and records named with ${what} still have names on every page`, async () => {
      const answers = rewriteAnswers()
      await using world = await createWorld({ fetch: answers.wrap })
      answers.use(({ url }, real) => {
        if (!/members$|self$|query$/.test(url.pathname)) return undefined
        const members =
          /"((?:first|last|full|workspace)_name|email_address|email_domain|value|domain)":"(?:[^"\\]|\\.)*"/g
        return withReplaced(real(), members, `"$1":${JSON.stringify(name)}`)
      })
      const jo = await world.connected()
      const { connectionId } = await world.ownerOf(jo)
      const paths = ['/?view=open', '/connections', '/events', `/connections/${connectionId}`]
      for (const path of [...paths, '/team', `/tasks/${connectionId}/${linkedTask(world)}`]) {
        const { status, body } = await jo.get(path)
        assert.equal(status, 200, path)
        assert.deepEqual(unnamed(body), [], path)
      }
    })
  }
})

/** Returns the links, headings and names of a page that have no visible text. */
function unnamed(page: string): string[] {
  const named = /<(a|h1|h2|h3|bdi|strong|option)\b([^>]*)>(.*?)<\/\1>/gs
  return [...page.matchAll(named)].flatMap(([all, , attributes = '', inside = '']) => {
    const text = inside.replaceAll(/<[^>]*>/g, '')
    return hasVisibleCharacter(text) || /aria-label=|<svg/.test(attributes + inside) ? [] : [all]
  })
}

function linkedTask(world: Awaited<ReturnType<typeof createWorld>>): string {
  const task = world.attio.control.world.tasks.find(
    ({ linkedRecords, workspaceId }) =>
      linkedRecords.length > 0 && workspaceId === standard.workspaces.acme.id,
  )
  assert.ok(task)
  return task.id
}

// What the script is told of a line while it is typed.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { z } from 'zod'
import type { Browser } from '../../../../testing/in-process/http-browser.ts'
import { startTeam, type Team } from '../../../../testing/in-process/team.ts'

const line = 'Send NDA @sam #initech #umbrellas'

suite('quick add while one types', () => {
  test('a mark without a match is named, until the person keeps it as text', async () => {
    await using team = await startTeam()
    assert.deepEqual(await chipsOf(team, team.ada, line), [
      'record: Initech',
      'unmatched: No match for @sam',
      'unmatched: No match for #umbrellas',
    ])
    assert.deepEqual(await chipsOf(team, team.ada, line, '@sam', '#umbrellas'), ['record: Initech'])
  })

  test('a seat that may not link records looks for members only', async () => {
    await using team = await startTeam()
    const ben = await team.join('ben', standard.members.benAtAcme, { mayLink: false })
    assert.deepEqual(await chipsOf(team, ben.browser, line), ['unmatched: No match for @sam'])
  })
})

const answer = z.object({ chips: z.array(z.object({ kind: z.string(), label: z.string() })) })

async function chipsOf(team: Team, browser: Browser, text: string, ...kept: readonly string[]) {
  const query = new URLSearchParams([['text', text], ...kept.map((phrase) => ['kept', phrase])])
  const { connectionId } = team.owner
  const { body } = await browser.get(`/lookups/${connectionId}/quick-add?${query.toString()}`)
  return answer.parse(JSON.parse(body)).chips.map(({ kind, label }) => `${kind}: ${label}`)
}

// Joining reads the invitation first and uses it in a transaction: what happens between the two decides.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import {
  accountOf,
  inAttio,
  startTeam,
  suspendMember,
  type Team,
} from '../../../testing/in-process/team.ts'
import { asMemberId, type AccountId } from '../../support/ids.ts'

const { benAtAcme, danaAtAcme } = standard.members

type Meanwhile = (team: Team, joining: { secret: string; accountId: AccountId }) => Promise<void>

const overtakings: Readonly<Record<string, { meanwhile: Meanwhile; refusal: string }>> = {
  'the member is suspended in Attio': {
    meanwhile: async ({ world, owner }) => {
      suspendMember(world, benAtAcme)
      await world.taskr.parts.sync.readMembers(owner)
    },
    refusal: 'member-suspended',
  },
  'the member is removed from the workspace': {
    meanwhile: async ({ world, owner }) => {
      const inWorld = world.attio.control.world
      inWorld.transact(() => inWorld.members.remove(benAtAcme))
      await world.taskr.parts.sync.readMembers(owner)
    },
    refusal: 'member-gone',
  },
  'the invitation is withdrawn': {
    meanwhile: async ({ world, owner }) => {
      await world.taskr.parts.seats.withdraw(owner, asMemberId(benAtAcme))
    },
    refusal: 'unknown',
  },
  'another account uses the invitation': {
    meanwhile: async ({ world }, { secret }) => {
      const eve = await accountOf(world, await world.signedUp('eve'))
      assert.equal((await world.taskr.parts.seats.join(eve, secret)).kind, 'joined')
    },
    refusal: 'used',
  },
  'the account joins as another member': {
    meanwhile: async ({ world, owner }, { accountId }) => {
      const { seats } = world.taskr.parts
      const rights = { sees: 'own', mayLink: true } as const
      const [invited] = (await seats.invite(owner, [asMemberId(danaAtAcme)], rights)) ?? []
      const joined = await seats.join(accountId, invited?.secret.reveal() ?? '')
      assert.equal(joined.kind, 'joined')
    },
    refusal: 'already-in',
  },
  'the connection ends': {
    meanwhile: async ({ world, owner }) => {
      await world.taskr.parts.connections.disconnect(owner)
    },
    refusal: 'unknown',
  },
}

suite('joining while something else happens', () => {
  for (const [what, { meanwhile, refusal }] of Object.entries(overtakings)) {
    test(`when ${what} meanwhile, joining is refused as ${refusal}, and nothing is seen`, async () => {
      let between: (() => Promise<void>) | undefined
      await using team = await startTeam({
        betweenDatabase: (database) => ({
          ...database,
          transaction: async (work) => {
            const now = between
            between = undefined
            await now?.()
            return await database.transaction(work)
          },
        }),
      })
      const { world, owner } = team
      inAttio(world).addTask({ content: 'For Ben', assigneeIds: [benAtAcme] })
      await world.delivered()
      const { seats } = world.taskr.parts
      const rights = { sees: 'own', mayLink: true } as const
      const [invited] = (await seats.invite(owner, [asMemberId(benAtAcme)], rights)) ?? []
      const secret = invited?.secret.reveal() ?? ''
      const browser = await world.signedUp('ben')
      const accountId = await accountOf(world, browser)
      between = () => meanwhile(team, { secret, accountId })
      const joined = await seats.join(accountId, secret)
      assert.equal(joined.kind === 'refused' && joined.refusal.kind, refusal)
      assert.doesNotMatch((await browser.get('/?view=open&whose=everyone')).body, /For Ben/)
    })
  }
})

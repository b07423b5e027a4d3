// OA-01, OA-03: callbacks with a missing, wrong or almost right state.
import { queryOf, type AttackClass } from './attack-class.ts'
import type { Draw } from './draw.ts'
import { together } from './scene.ts'

export const stateAttacks: readonly AttackClass[] = [
  {
    name: 'state-missing',
    rules: ['OA-01', 'H-38'],
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const { code } = draw.chance(0.5) ? own : await scene.open(scene.attacker)
      const cookies = together(scene.victim.session, draw.chance(0.5) ? own.tickets : new Map())
      const search = queryOf(draw, [['code', code]])
      await scene.fire({ search: draw.chance(0.05) ? '' : search, cookies })
    },
  },
  withState('state-empty', (_, draw) => draw.pick(['', '', ' ', '\t', '+', '%20'])),
  withState('state-wrong', (state, draw) =>
    draw.chance(0.7) ? draw.text(state.length) : draw.text(1 + draw.below(128), anyLetters),
  ),
  withState('state-truncated', (state, draw) => cut(state, draw)),
  withState('state-bit-flipped', (state, draw) => flipBit(state, draw)),
  withState('state-with-controls', (state, draw) => {
    const at = draw.pick([0, draw.below(state.length), state.length])
    return state.slice(0, at) + draw.pick(controls) + state.slice(at)
  }),
  {
    ...withState('state-long', (state, draw) => {
      const length = Math.floor(2_049 * 512 ** ((draw.below(1_000) / 1_000) ** 3))
      return draw.pick([state, 'x', '\0', 'é']).repeat(length).slice(0, length)
    }),
    weight: 4,
  },
  {
    name: 'state-foreign',
    rules: ['OA-01', 'OA-03'],
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const foreign = await scene.open(scene.attacker)
      const search = queryOf(draw, [
        ['state', foreign.state],
        ['code', draw.pick([own, foreign]).code],
      ])
      await scene.fire({ search, cookies: together(scene.victim.session, own.tickets) })
    },
  },
]

const anyLetters = ` !"#$%&'()*+,-./0:;<=>?@AZ[\\]^_\`az{|}~\u007fäß€𝒳\u202e`
const controls = ['\0', '\0\0', '\r\n', '\n', '\t', '\u001b[2J', '\u007f', '\u0085', '\u2028']

/**
 * Makes a class that changes only the state of a callback in the victim's browser. The code is the victim's own or, to
 * connect the attacker's workspace to the victim's account, the attacker's.
 */
function withState(name: string, make: (state: string, draw: Draw) => string): AttackClass {
  return {
    name,
    rules: ['OA-01'],
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const { code } = draw.chance(0.5) ? own : await scene.open(scene.attacker)
      const state = make(own.state, draw)
      if (state === own.state) throw new Error(`${name}: ${state} is right.`)
      const search = queryOf(draw, [
        ['code', code],
        ['state', state],
      ])
      await scene.fire({ search, cookies: together(scene.victim.session, own.tickets) })
    },
  }
}

function cut(state: string, draw: Draw): string {
  const count = 1 + draw.below(Math.min(8, state.length - 1))
  return draw.pick([
    state.slice(0, -count),
    state.slice(count),
    state + draw.text(count),
    draw.text(count) + state,
    state.slice(count) + state.slice(0, count),
    state + state,
  ])
}

function flipBit(state: string, draw: Draw): string {
  const at = draw.below(state.length)
  const flipped = state.charCodeAt(at) ^ (1 << draw.below(8))
  return state.slice(0, at) + String.fromCharCode(flipped) + state.slice(at + 1)
}

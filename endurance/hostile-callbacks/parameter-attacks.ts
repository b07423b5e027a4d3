// OA-06, OA-11, OA-12, OA-13: callbacks in the right browser with the right state but other wrong parameters.
import { queryOf, type AttackClass } from './attack-class.ts'
import { together } from './scene.ts'
import { markup } from './witness.ts'

/** The weight of attacks that use up an authorization request, because creating one costs more than ten attacks. */
const costly = 4

export const parameterAttacks: readonly AttackClass[] = [
  {
    name: 'doubled-parameter',
    rules: ['OA-12', 'H-44'],
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const doubled = draw.pick(['code', 'state', 'code', 'state', 'error', 'iss'])
      const foreign = await scene.open(scene.attacker)
      const values = {
        code: [own.code, foreign.code, '', draw.text(10)],
        state: [own.state, foreign.state, '', draw.text(43)],
        error: ['access_denied', '', markup],
        iss: [scene.target.attioOrigin, 'https://evil.example', ''],
      }[doubled] ?? ['']
      const times = draw.pick([1, 1, 1, 2, 20])
      const again = Array.from({ length: times }, () => [doubled, draw.pick(values)] as const)
      const search = queryOf(draw, [
        ['code', own.code],
        ['state', own.state],
        ...again,
        ...(doubled === 'error' || doubled === 'iss' ? again : []),
      ])
      await scene.fire({ search, cookies: together(scene.victim.session, own.tickets) })
    },
  },
  {
    name: 'error-with-state',
    rules: ['OA-13', 'H-43'],
    weight: costly,
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const search = queryOf(draw, [
        ['error', draw.pick([...errors, draw.text(20)])],
        ['state', own.state],
        ...(draw.chance(0.5) ? ([['code', own.code]] as const) : []),
        ...(draw.chance(0.5) ? ([['error_description', markup]] as const) : []),
        ...(draw.chance(0.3) ? ([['error_uri', 'javascript:alert(7)']] as const) : []),
      ])
      await scene.fire({ search, cookies: together(scene.victim.session, own.tickets) })
      scene.spend(own)
    },
  },
  {
    name: 'error-without-state',
    rules: ['OA-13'],
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const theirs = await scene.open(scene.attacker)
      const search = queryOf(draw, [
        ['error', draw.pick(errors)],
        ['error_description', markup],
        ...(draw.chance(0.7) ? ([['code', draw.pick([own, theirs]).code]] as const) : []),
        ...(draw.chance(0.5) ? ([['state', draw.pick(['', theirs.state, markup])]] as const) : []),
      ])
      await scene.fire({ search, cookies: together(scene.victim.session, own.tickets) })
    },
  },
  {
    name: 'foreign-issuer',
    rules: ['OA-11'],
    weight: costly,
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const { attioOrigin } = scene.target
      const issuer = draw.pick([
        'https://evil.example',
        `${attioOrigin}/`,
        `${attioOrigin}.evil.example`,
        attioOrigin.toUpperCase(),
        attioOrigin.replace(/:\d+$/, ''),
        attioOrigin.replace('http:', 'https:'),
        ` ${attioOrigin}`,
        'https://app.attio.com',
        'null',
        '',
        markup,
      ])
      const search = queryOf(draw, [
        ['code', own.code],
        ['state', own.state],
        ['iss', issuer],
      ])
      await scene.fire({ search, cookies: together(scene.victim.session, own.tickets) })
      scene.spend(own)
    },
  },
  {
    name: 'code-malformed',
    rules: ['H-43', 'OA-16'],
    weight: costly,
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const code = draw.pick([undefined, '', `${own.code}\0`, `${own.code}\r\n`, 'é', '\u2028'])
      const long = draw.chance(0.1) ? 'x'.repeat(2_049 + draw.below(60_000)) : code
      const search = queryOf(draw, [
        ['state', own.state],
        ...(long === undefined ? [] : ([['code', long]] as const)),
        ...(draw.chance(0.2) ? ([['access_token', draw.text(64)]] as const) : []),
      ])
      await scene.fire({ search, cookies: together(scene.victim.session, own.tickets) })
      scene.spend(own)
    },
  },
  {
    name: 'answer-of-another-kind',
    rules: ['OA-12'],
    weight: costly,
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const search = queryOf(draw, [
        ['code', own.code],
        ['state', own.state],
        [draw.pick(['id_token', 'token', 'response']), draw.text(64)],
      ])
      await scene.fire({ search, cookies: together(scene.victim.session, own.tickets) })
      scene.spend(own)
    },
  },
  {
    // A stolen code in the thief's own browser, session and request: only the code verifier does not match.
    name: 'code-injected',
    rules: ['OA-06'],
    weight: costly,
    onlyAttioCanTell: true,
    run: async (scene, draw) => {
      const stolen = await scene.open(scene.victim)
      const own = await scene.open(scene.attacker)
      const search = queryOf(draw, [
        ['code', stolen.code],
        ['state', own.state],
      ])
      await scene.fire({ search, cookies: together(scene.attacker.session, own.tickets) })
      scene.spend(own, stolen)
    },
  },
]

const errors = [
  'access_denied',
  'server_error',
  'temporarily_unavailable',
  'invalid_scope',
  'constructor',
  '__proto__',
  '',
  markup,
]

// OA-12, OA-15: malformed callbacks: wrong methods, paths, encodings and hosts.
import { queryOf, type AttackClass } from './attack-class.ts'
import type { Draw } from './draw.ts'
import { together, type OpenRequest } from './scene.ts'

export const shapeAttacks: readonly AttackClass[] = [
  {
    name: 'other-method',
    rules: ['OA-12'],
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const query = queryOf(draw, [
        ['code', own.code],
        ['state', own.state],
      ])
      const method = draw.pick(['POST', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'X'])
      const inBody = draw.chance(0.5) && method !== 'HEAD'
      const fetchSite = draw.pick(['same-origin', 'same-origin', 'cross-site', 'none'])
      await scene.fire({
        method,
        search: inBody ? '' : query,
        ...(inBody && { body: query.slice(1) }),
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': fetchSite,
          ...(fetchSite !== 'none' && { origin: scene.target.origin }),
          'x-http-method-override': 'GET',
        },
        cookies: together(scene.victim.session, own.tickets),
      })
    },
  },
  {
    name: 'odd-path',
    rules: ['OA-12'],
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const path = scene.target.callback
      const search = queryOf(draw, [
        ['code', own.code],
        ['state', own.state],
      ])
      await scene.fire({
        search,
        path: draw.pick([
          `${path}/`,
          `${path}/..`,
          `/${path}`,
          `${path}//`,
          path.toUpperCase(),
          `${path}%00`,
          `${path}%2f`,
          `${path};state=${own.state}`,
          `${path}.html`,
          path.replaceAll('/', '//'),
          path.replaceAll('/', '%2f').replace('%2f', '/'),
        ]),
        cookies: together(scene.victim.session, own.tickets),
      })
    },
  },
  {
    name: 'odd-encoding',
    rules: ['OA-01', 'OA-12'],
    weight: 20,
    run: async (scene, draw) => {
      const own = await scene.open(scene.victim)
      const search = `?${draw.pick(oddQueries)(own, draw)}`
      const parameters = new URL(search, scene.target.origin).searchParams
      if (parameters.get('state') === own.state && parameters.getAll('state').length === 1) {
        throw new Error(`This is no attack: ${search}`)
      }
      await scene.fire({ search, cookies: together(scene.victim.session, own.tickets) })
    },
  },
  {
    name: 'host-header',
    rules: ['OA-15'],
    weight: 3,
    run: async (scene, draw) => {
      const { target, victim } = scene
      const evil = draw.pick(['evil.example', 'localhost.evil.example', 'evil.example:443'])
      const headers = {
        'x-forwarded-host': evil,
        'x-forwarded-proto': draw.pick(['https', 'http', 'javascript']),
        'x-forwarded-port': '443',
        'x-original-url': '/integrations/attio/callback',
        forwarded: `for=127.0.0.1;host=${evil};proto=https`,
        host: evil,
      }
      const theirs = await scene.open(scene.attacker)
      // A request begun under another host name must return to ours; the witness checks the redirect.
      const beginning = target.beginning(victim.session)
      const { pathname } = new URL(beginning.url)
      await scene.fire({
        path: pathname,
        method: beginning.method,
        headers: { ...Object.fromEntries(beginning.headers), ...headers },
        ...(beginning.method === 'POST' && { body: '' }),
        origin: draw.chance(0.5) ? `http://${evil}` : target.origin,
      })
      const search = queryOf(draw, [
        ['code', theirs.code],
        ['state', theirs.state],
      ])
      await scene.fire({ search, headers, cookies: victim.session, origin: `http://${evil}` })
      // Only the newest few requests of an account stay open.
      scene.spendAll()
    },
  },
]

const oddQueries: readonly ((own: OpenRequest, draw: Draw) => string)[] = [
  ({ code, state }) => `code=${code}&state=${percent(percent(state))}`,
  ({ code, state }) => `code=${code}&state=${percent(state).replaceAll('%', '%%')}`,
  ({ code, state }) => `code=${code}&state=%C0%80${state}`,
  ({ code, state }) => `code=${code}&state=${overlong(state)}`,
  ({ code, state }) => `code=${code}&state=${encodeURIComponent(fullWidth(state))}`,
  ({ code, state }) => `code=${code}&state=${utf16(state)}`,
  ({ code, state }) => `code=${code}&state==${state}`,
  ({ code, state }) => `code=${code}&state=+${state}`,
  ({ code, state }) => `code=${code}&state=%22${state}%22`,
  ({ code, state }) => `code=${code}&state=%EF%BB%BF${state}`,
  ({ code, state }) => `code=${code};state=${state}`,
  ({ code, state }) => `code=${code}&amp;state=${state}`,
  ({ code, state }) => `code=${code}%26state=${state}`,
  ({ code, state }) => `?code=${code}&?state=${state}`,
  ({ code, state }) => `code=${code}&state%00=${state}`,
  ({ code, state }) => `code=${code}&state=${state}%ED%A0%80`,
  ({ code, state }) => `code=${code}&state=${state}%u0000`,
  ({ code, state }, draw) => `code=${code}&${draw.pick(oddNames)}=${state}`,
  ({ code, state }, draw) => `code[]=${code}&state[${draw.pick(['', '0', 'a'])}]=${state}`,
  ({ code, state }) => `code=${code}&state=${state.toLowerCase()}${state.slice(-1)}`,
  ({ code, state }) => `code=${code}&__proto__[state]=${state}&constructor.state=${state}`,
  ({ code, state }, draw) =>
    `code=${code}&STATE=${state}${'&a=b'.repeat(draw.pick([100, 1_000, 5_000]))}`,
  (_, draw) => draw.text(draw.below(200), '%&=+;?#\0\u00ff\ud800abc01'),
]

const oddNames = ['State', 'STATE', '%20state', 'state%20', 'state.', 'st%61te%0a', '%EF%BD%93tate']

function percent(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
}

/** Encodes each ASCII character in two bytes, which UTF-8 forbids. */
function overlong(text: string): string {
  return [...Buffer.from(text)]
    .map((byte) => `%${(0xc0 | (byte >> 6)).toString(16)}%${(0x80 | (byte & 0x3f)).toString(16)}`)
    .join('')
}

function fullWidth(text: string): string {
  return text.replaceAll(/./g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0))
}

function utf16(text: string): string {
  return percent(text).replaceAll('%', '%00%')
}

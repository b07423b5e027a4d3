// Starts nginx, HAProxy or Caddy with the example of deploy/, changed only in its addresses and certificate.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createTestFolder } from '../../testing/test-folder.ts'
import { until } from '../../testing/processes/event-streams.ts'

export const proxyNames = ['nginx', 'haproxy', 'caddy'] as const
export type ProxyName = (typeof proxyNames)[number]

export interface Proxy {
  readonly url: string
  readonly close: () => Promise<void>
}

/** The ports of the two nodes. */
export type NodePorts = readonly [number, number]

const deploy = resolve(import.meta.dirname, '../../deploy')

/** True when the proxy is on this machine. */
export function isInstalled(name: ProxyName): boolean {
  return spawnSync(commandOf(name), [name === 'caddy' ? 'version' : '-v']).error === undefined
}

/** Starts the proxy on the port that `PUBLIC_URL` names, in front of both nodes. */
export async function startProxy(name: ProxyName, port: number, nodes: NodePorts): Promise<Proxy> {
  const folder = await createTestFolder(`taskr-${name}-`)
  const prepared = await preparers[name]({ folder, port, nodes })
  const child = spawn(commandOf(name), prepared.args, {
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, ...prepared.environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const url = `http://localhost:${port}`
  const exited = once(child, 'exit')
  try {
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`${name} ended: ${errors}`)
      const answer = await fetch(`${url}/healthz`).catch(() => undefined)
      await answer?.body?.cancel()
      return answer?.status === 200
    })
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  return {
    url,
    close: async () => {
      child.kill('SIGKILL')
      await exited
      await rm(folder, { recursive: true, force: true })
    },
  }
}

interface Setting {
  readonly folder: string
  readonly port: number
  readonly nodes: NodePorts
}

interface Prepared {
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

const preparers: Readonly<Record<ProxyName, (setting: Setting) => Promise<Prepared>>> = {
  nginx: async ({ folder, port, nodes }) => {
    const example = withNodes(await readFile(join(deploy, 'nginx.conf'), 'utf8'), nodes)
      .replace(/server \{\n\tlisten 80;[^}]*\}\n/, '')
      .replace('listen 443 ssl http2;', `listen 127.0.0.1:${port};`)
      .replaceAll(/^\tssl_certificate.*\n/gm, '')
    const file = join(folder, 'nginx.conf')
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (kind) => `${kind}_temp_path ${join(folder, kind)};`,
    )
    await writeFile(
      file,
      `daemon off; master_process off; pid ${join(folder, 'pid')}; error_log stderr warn;
      events {} http { access_log off; ${temporary.join(' ')} ${example} }`,
    )
    return { args: ['-p', folder, '-c', file] }
  },
  haproxy: async ({ folder, port, nodes }) => {
    const example = withNodes(await readFile(join(deploy, 'haproxy.cfg'), 'utf8'), nodes)
      .replace('bind :80\n', `bind 127.0.0.1:${port}\n`)
      .replace(/^\tbind :443 ssl.*\n/m, '')
      .replace(/^\thttp-request redirect scheme https.*\n/m, '')
    const file = join(folder, 'haproxy.cfg')
    await writeFile(file, example)
    return { args: ['-db', '-f', file] }
  },
  caddy: async ({ folder, port, nodes }) => {
    const example = withNodes(await readFile(join(deploy, 'Caddyfile'), 'utf8'), nodes)
    const file = join(folder, 'Caddyfile')
    await mkdir(join(folder, 'data'))
    await writeFile(file, `{\n\tadmin off\n}\n${example}`)
    return {
      args: ['run', '--config', file],
      environment: {
        TASKR_HOST: `http://localhost:${port}`,
        XDG_DATA_HOME: join(folder, 'data'),
      },
    }
  },
}

function withNodes(example: string, [one, other]: NodePorts): string {
  return example
    .replaceAll('web-1:3050', `127.0.0.1:${one}`)
    .replaceAll('web-2:3050', `127.0.0.1:${other}`)
}

/** Debian keeps servers outside the path of most users. */
function commandOf(name: ProxyName): string {
  return name === 'caddy' ? name : `/usr/sbin/${name}`
}

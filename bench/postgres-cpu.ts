// The processor time of a PostgreSQL on this machine.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'
import { z } from 'zod'

/** Returns a function that reads how many milliseconds of processor time the server has used since it started. */
export async function postgresCpu(url: string): Promise<() => Promise<number>> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query('show data_directory')
  await client.end()
  const [{ data_directory: folder }] = z
    .tuple([z.object({ data_directory: z.string() })])
    .parse(rows)
  const [pid = ''] = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')
  return () => cpuOfFamily(Number(pid))
}

/** Returns the milliseconds of processor time of a process, its ended children and those that run (proc(5), stat). */
async function cpuOfFamily(parent: number): Promise<number> {
  const ticksMs = 10
  let ticks = 0
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [, parentId = 0] = fields
    const [user = 0, system = 0, childrenUser = 0, childrenSystem = 0] = fields.slice(11, 15)
    if (Number(name) === parent) ticks += user + system + childrenUser + childrenSystem
    else if (parentId === parent) ticks += user + system
  }
  return ticks * ticksMs
}

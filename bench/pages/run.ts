// `npm run bench`: Taskr's home page with 50 tasks, compared in one run with a bare page of the same bytes and with an app
// that asks Attio on every view. Writes docs/performance.md.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { text as readText } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { systemClock } from '../../app/support/clock.ts'
import type { Child } from './child.ts'
import type { TaskChanger } from './change-task.ts'
import { startContenders, type Contenders } from './contenders.ts'
import { load, median, type Request } from './load.ts'
import { measureMemory } from './memory.ts'
import { report, type Measured, type Pages } from './report.ts'

const { values } = parseArgs({
  options: {
    views: { type: 'string', default: '2000' },
    logIns: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '3' },
  },
})
const views = Number(values.views)
const rounds = Number(values.rounds)
const connections = 16
const home = '/?view=open&whose=everyone'

const loadBefore = loadavg()[0] ?? 0
const logIns = Number(values.logIns)
const memory = { ...(await measureMemory(logIns)), logIns }
const contenders = await startContenders()
const measured = { ...(await measure(contenders)), ...memory, loadBefore }
await contenders.end()
const text = report(measured, {
  search: await outputOf('search.ts', ['--rounds', '5']),
  scale: await outputOf('scale.ts', ['--rounds', '40']),
  clicks: await outputOf('clicks.ts', ['--rounds', '20']),
})
writeFileSync(fileURLToPath(new URL('../../docs/performance.md', import.meta.url)), text)
console.log(text)

async function measure(
  all: Contenders,
): Promise<Omit<Measured, 'loadBefore' | keyof typeof memory>> {
  const { attio, bare, person, taskr, taskrOnPostgres, tutorial } = all
  const url = taskr.told['url'] ?? ''
  const view = (address: string, headers: Readonly<Record<string, string>> = {}): Request => ({
    url: url + address,
    headers: { cookie: person.cookie, 'sec-fetch-site': 'none', ...headers },
  })
  const viewOnPostgres = (address: string): Request => ({
    url: (taskrOnPostgres.told['url'] ?? '') + address,
    headers: { cookie: all.personOnPostgres.cookie, 'sec-fetch-site': 'none' },
  })
  const refetch = { 'x-taskr-refetch': 'yes' }
  // An address that was not asked for before is a page that no node has kept.
  let address = 0
  const anew = (): string => `${home}&n=${(address += 1)}`
  const plain = (of: Child): Request => ({
    url: `${of.told['url'] ?? ''}/`,
    headers: { cookie: person.cookie },
  })
  const pagesOnPostgres = async (
    request: Parameters<typeof load>[0],
    count: number,
  ): Promise<Pages> => {
    const before = await all.cpuOfPostgres()
    const figures = await pages(taskrOnPostgres, request, count)
    return { ...figures, postgresCpuMs: ((await all.cpuOfPostgres()) - before) / count }
  }
  const packed = { 'accept-encoding': 'gzip, deflate, br, zstd' }
  const withPacked = (request: Request): Request => ({
    ...request,
    headers: { ...request.headers, ...packed },
  })
  const kinds = {
    bare: () => pages(bare, plain(bare), views),
    barePacked: () => pages(bare, withPacked(plain(bare)), views),
    unchangedPacked: () => pages(taskr, view(home, packed), views),
    unchanged: () => pages(taskr, view(home), views),
    anew: () => pages(taskr, () => view(anew()), views / 4),
    changed: () => pages(taskr, changedBefore(all.changer, view), views / 4),
    notModified: async () => {
      // A page is confirmed within its minute.
      const restOfMinute = 60_000 - (Date.now() % 60_000)
      if (restOfMinute < 20_000) await systemClock.wait(restOfMinute)
      const etag = (await fetch(url + home, view(home, refetch))).headers.get('etag') ?? ''
      const request = view(home, { ...refetch, 'if-none-match': etag })
      return await pages(taskr, { ...request, expects: 304 }, views)
    },
    unchangedOnPostgres: () => pagesOnPostgres(viewOnPostgres(home), views),
    changedOnPostgres: () =>
      pagesOnPostgres(changedBefore(all.changerOnPostgres, viewOnPostgres), views / 4),
    anewOnPostgres: () => pagesOnPostgres(() => viewOnPostgres(anew()), views / 4),
    tutorial: () => pages(tutorial, plain(tutorial), views / 2),
    slowTutorial: async () => {
      await attio.order('latency 100')
      const slow = await pages(tutorial, plain(tutorial), Math.min(views / 2, 320))
      await attio.order('latency 0')
      return slow
    },
  }
  const results: Record<string, Pages[]> = {}
  // The first round warms up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [kind, run] of Object.entries(kinds)) {
      const result = await run()
      if (round > 0) (results[kind] ??= []).push(result)
    }
  }
  const of = (kind: keyof typeof kinds): Pages => middle(results[kind] ?? [])
  const changeOnPostgresMs = await cpuOfChanges(all, views / 4)
  const completing = await completeTasks(all)
  return {
    connections,
    views,
    rounds,
    pageBytes: Buffer.byteLength(all.page),
    bare: of('bare'),
    barePacked: of('barePacked'),
    unchanged: of('unchanged'),
    unchangedPacked: of('unchangedPacked'),
    anew: of('anew'),
    changed: of('changed'),
    notModified: of('notModified'),
    unchangedOnPostgres: of('unchangedOnPostgres'),
    anewOnPostgres: of('anewOnPostgres'),
    changedOnPostgres: withoutChange(of('changedOnPostgres'), changeOnPostgresMs),
    changeOnPostgresMs,
    tutorial: of('tutorial'),
    slowTutorial: of('slowTutorial'),
    completing,
    afterAllMb: (await taskr.figures()).rssMb,
  }
}

/**
 * Returns requests of which each shows a task that has changed since the one before. Each connection has an address of its
 * own, since a page that another one has just asked for is kept.
 */
function changedBefore(changer: TaskChanger, view: (address: string) => Request) {
  return async (connection: number): Promise<Request> => {
    await changer.change()
    return view(`${home}&n=of-${connection}`)
  }
}

/** Returns PostgreSQL's CPU time for one change of a task. */
async function cpuOfChanges(all: Contenders, count: number): Promise<number> {
  const before = await all.cpuOfPostgres()
  for (let change = 0; change < count; change += 1) await all.changerOnPostgres.change()
  return ((await all.cpuOfPostgres()) - before) / count
}

function withoutChange(changed: Pages, changeMs: number): Pages {
  return { ...changed, postgresCpuMs: (changed.postgresCpuMs ?? 0) - changeMs }
}

/** Runs another bench as a process of its own and returns what it prints, whether or not its figures are reached. */
async function outputOf(file: string, options: readonly string[]): Promise<string> {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url))
  const child = spawn(process.execPath, [path, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return (await readText(child.stdout)).trim()
}

async function pages(
  child: Child,
  request: Parameters<typeof load>[0],
  count: number,
): Promise<Pages> {
  const before = await child.figures()
  const { perSecond } = await load(request, { count, connections })
  const after = await child.figures()
  return {
    perSecond,
    cpuMs: (after.cpuMs - before.cpuMs) / count,
    statements: (after.statements - before.statements) / count,
  }
}

/** Completes tasks one after the other, each with the form of a page, and times the click up to the redirect. */
async function completeTasks({ bare, person, taskr }: Contenders): Promise<Measured['completing']> {
  const url = taskr.told['url'] ?? ''
  const times: number[] = []
  const bareWrites: number[] = []
  let statements = 0
  // The first turns warm up.
  for (let turn = -10; turn < 20; turn += 1) {
    const page = await (await person.get('/?view=open&whose=everyone')).text()
    const address = /formaction="(\/tasks\/[^"]+\/completion)"/.exec(page)?.[1]
    const keys = [...page.matchAll(/name="requestKey" value="([^"]+)"/g)]
    if (address === undefined) break
    const bareWrite = Number(await bare.order('write'))
    const before = await taskr.statements()
    const body = new URLSearchParams({
      requestKey: keys.at(-1)?.[1] ?? '',
      returnTo: '/',
    }).toString()
    const { times: one } = await load(
      {
        url: url + address,
        method: 'POST',
        body,
        expects: 303,
        headers: {
          cookie: person.cookie,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/x-www-form-urlencoded',
        },
      },
      { count: 1, connections: 1 },
    )
    const after = await settledStatements(taskr)
    if (turn < 0) continue
    times.push(...one)
    bareWrites.push(bareWrite)
    statements += after - before
  }
  return {
    medianMs: median(times),
    bareWriteMs: median(bareWrites),
    statementsWithSending: statements / times.length,
  }
}

/** Waits until the change is at Attio, so that the next click is not measured beside it, and returns the statements. */
async function settledStatements(taskr: Child): Promise<number> {
  for (let last = await taskr.statements(); ;) {
    await systemClock.wait(100)
    const now = await taskr.statements()
    if (now === last) return now
    last = now
  }
}

/** Returns the round with the median rate. */
function middle(results: readonly Pages[]): Pages {
  const sorted = results.toSorted((one, other) => one.perSecond - other.perSecond)
  const found = sorted[Math.floor(sorted.length / 2)]
  if (found === undefined) throw new Error('There was no round.')
  return found
}

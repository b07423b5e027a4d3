// Writes the figures of the bench as docs/performance.md.
import { availableParallelism, loadavg } from 'node:os'

export interface Pages {
  readonly perSecond: number
  /** CPU time of the server's process for one page. */
  readonly cpuMs: number
  readonly statements: number
  /** CPU time of PostgreSQL for one page, where the server uses one. */
  readonly postgresCpuMs?: number
}

export interface Measured {
  /** The processes that wanted a core, on average of a minute, when the run began. */
  readonly loadBefore: number
  readonly connections: number
  readonly views: number
  readonly rounds: number
  readonly pageBytes: number
  readonly bare: Pages
  readonly barePacked: Pages
  readonly unchanged: Pages
  readonly unchangedPacked: Pages
  readonly anew: Pages
  readonly changed: Pages
  readonly notModified: Pages
  readonly unchangedOnPostgres: Pages
  readonly anewOnPostgres: Pages
  readonly changedOnPostgres: Pages
  /** CPU time of PostgreSQL for the change before each of those pages. */
  readonly changeOnPostgresMs: number
  readonly tutorial: Pages
  readonly slowTutorial: Pages
  readonly completing: {
    readonly medianMs: number
    /** One transaction with one update, durable as Taskr's are. */
    readonly bareWriteMs: number
    readonly statementsWithSending: number
  }
  /** After everything that the bench asks for. */
  readonly afterAllMb: number
  readonly idleMb: number
  readonly logIns: number
  readonly afterLogInsMb: number
}

/** What the other benches printed. */
export interface Printed {
  readonly search: string
  readonly scale: string
  readonly clicks: string
}

export function report(measured: Measured, { clicks, scale, search }: Printed): string {
  const { bare, tutorial, slowTutorial, unchanged } = measured
  const row = (name: string, pages: Pages, beside = bare): string =>
    `| ${name} | ${pages.perSecond.toFixed(0)} | ${(pages.perSecond / beside.perSecond).toFixed(2)} | ${pages.cpuMs.toFixed(2)} | ${pages.statements.toFixed(1)} | ${pages.postgresCpuMs?.toFixed(2) ?? ''} |`
  return `# Performance

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores shared with other work, Node ${process.versions.node},
SQLite unless a row says PostgreSQL. Every server is a process of its own; ${measured.connections} connections; the median of ${measured.rounds} rounds
in turn. Compare ratios, not rates: ${measured.loadBefore.toFixed(0)} processes wanted a core when the run began and ${(loadavg()[0] ?? 0).toFixed(0)} when it ended. Where they
are more than the cores, every time is too long, that of CPU included.

The page is the home page with ${(measured.pageBytes / 1_000).toFixed(1)} KB. "Bare" is \`node:http\` with one query of \`node:sqlite\` that sends the
same bytes. "A task has just changed" shows a list in which one task has changed since the last view. "Rendered anew" is an
address that was not asked for before, so nothing but rows is kept. "Compressed" rows ask as browsers do, with
\`accept-encoding\`, and stand against a bare page that was compressed once. The app that asks Attio shows
ten tasks and asks for them on every view, as a first tutorial does. What PostgreSQL spends on
the change before a page, ${measured.changeOnPostgresMs.toFixed(2)} ms, is measured alone and taken off.

| page | a second | against bare | ms of CPU | statements | ms of PostgreSQL's CPU |
| --- | --- | --- | --- | --- | --- |
${[
  row('bare', bare),
  row('Taskr, unchanged', unchanged),
  row('Taskr, 304', measured.notModified),
  row('Taskr, a task has just changed', measured.changed),
  row('Taskr, rendered anew', measured.anew),
  row('bare, compressed', measured.barePacked, measured.barePacked),
  row('Taskr, compressed, unchanged', measured.unchangedPacked, measured.barePacked),
  row('Taskr on PostgreSQL, unchanged', measured.unchangedOnPostgres),
  row('Taskr on PostgreSQL, a task has just changed', measured.changedOnPostgres),
  row('Taskr on PostgreSQL, rendered anew', measured.anewOnPostgres),
  row('asks Attio, which answers at once', tutorial),
  row('asks Attio, which answers after 100 ms', slowTutorial),
].join('\n')}

| figure | value |
| --- | --- |
| Taskr against the app that asks Attio at once | ${(unchanged.perSecond / tutorial.perSecond).toFixed(2)} |
| … and at 100 ms | ${(unchanged.perSecond / slowTutorial.perSecond).toFixed(1)} |
| … and at 100 ms, compressed, as browsers ask | ${(measured.unchangedPacked.perSecond / slowTutorial.perSecond).toFixed(1)} |
| completing a task, click to 303, median | ${measured.completing.medianMs.toFixed(1)} ms |
| … a bare transaction with one durable update, median | ${measured.completing.bareWriteMs.toFixed(1)} ms |
| … statements until nothing more follows, sending to Attio included | ${measured.completing.statementsWithSending.toFixed(1)} |
| memory with one account | ${measured.idleMb.toFixed(0)} MB |
| … after ${measured.logIns.toLocaleString('en')} log-ins | ${measured.afterLogInsMb.toFixed(0)} MB |
| … of another process, after all the pages above | ${measured.afterAllMb.toFixed(0)} MB |

A list that has just changed takes at most 7 statements, and completing a task takes 6 besides \`begin\` and \`commit\`, until
the redirect (\`app/web/kept/statements.test.ts\`).

## From a click to what it changes

\`node bench/clicks.ts\`: Chromium, with Taskr 200 ms away and an Attio that answers after 300 ms. To reach: 32 ms at the 95th
percentile until the document changes.

\`\`\`text
${clicks}
\`\`\`

## Search

\`node bench/search.ts\`. To reach: 20 ms at the 95th percentile.

\`\`\`text
${search}
\`\`\`

## Many members, many accounts

\`node bench/scale.ts\`. To reach: × 1.1 for members, × 1.05 for accounts.

\`\`\`text
${scale}
\`\`\`
`
}

// Writes the figures of the bench as docs/performance.md.
import { availableParallelism } from 'node:os'

export interface Pages {
  readonly perSecond: number
  /** CPU time of the server's process for one page. */
  readonly cpuMs: number
  readonly statements: number
}

export interface Measured {
  readonly connections: number
  readonly views: number
  readonly rounds: number
  readonly pageBytes: number
  readonly bare: Pages
  readonly unchanged: Pages
  readonly anew: Pages
  readonly notModified: Pages
  readonly unchangedOnPostgres: Pages
  readonly anewOnPostgres: Pages
  readonly tutorial: Pages
  readonly slowTutorial: Pages
  readonly completing: { readonly medianMs: number; readonly statementsWithSending: number }
  readonly idleMb: number
  readonly logIns: number
  readonly afterLogInsMb: number
}

export function report(measured: Measured): string {
  const { bare, tutorial, slowTutorial, unchanged } = measured
  const row = (name: string, pages: Pages): string =>
    `| ${name} | ${pages.perSecond.toFixed(0)} | ${(pages.perSecond / bare.perSecond).toFixed(2)} | ${pages.cpuMs.toFixed(2)} | ${pages.statements.toFixed(1)} |`
  return `# Performance

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores shared with other work, Node ${process.versions.node},
SQLite unless a row says PostgreSQL. Every server is a process of its own; ${measured.connections} connections; the median of ${measured.rounds} rounds
in turn. Compare ratios, not rates: the machine is not idle.

The page is the home page with ${(measured.pageBytes / 1_000).toFixed(1)} KB. "Bare" is \`node:http\` with one query of \`node:sqlite\` that sends the
same bytes. "Rendered anew" is an address that was not asked for before, so nothing is kept. The app that asks Attio shows
ten tasks and asks for them on every view, as a first tutorial does.

| page | a second | against bare | ms of CPU | statements |
| --- | --- | --- | --- | --- |
${[
  row('bare', bare),
  row('Taskr, unchanged', unchanged),
  row('Taskr, 304', measured.notModified),
  row('Taskr, rendered anew', measured.anew),
  row('Taskr on PostgreSQL, unchanged', measured.unchangedOnPostgres),
  row('Taskr on PostgreSQL, rendered anew', measured.anewOnPostgres),
  row('asks Attio, which answers at once', tutorial),
  row('asks Attio, which answers after 100 ms', slowTutorial),
].join('\n')}

| figure | value |
| --- | --- |
| Taskr against the app that asks Attio at once | ${(unchanged.perSecond / tutorial.perSecond).toFixed(2)} |
| … and at 100 ms | ${(unchanged.perSecond / slowTutorial.perSecond).toFixed(1)} |
| completing a task, click to 303, median | ${measured.completing.medianMs.toFixed(1)} ms |
| … statements, sending to Attio included | ${measured.completing.statementsWithSending.toFixed(1)} |
| memory with one account | ${measured.idleMb.toFixed(0)} MB |
| … after ${measured.logIns.toLocaleString('en')} log-ins | ${measured.afterLogInsMb.toFixed(0)} MB |
`
}

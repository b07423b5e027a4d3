// Formats the outcome of the attacks as a table.
import { attackClasses, type Outcome } from './hostile-callbacks.ts'
import { add, nothing, type Tally } from './witness.ts'

export function tableOf(outcome: Outcome): string {
  const { byClass } = outcome
  const rows = attackClasses.flatMap(({ name, rules, onlyAttioCanTell }) => {
    const tally = byClass.get(name)
    const title = onlyAttioCanTell === true ? `${name} *` : name
    return tally === undefined ? [] : [[title, rules.join(' '), ...figuresOf(tally)]]
  })
  const total = totalOf(outcome)
  return [
    layOut([headings, ...rows, ['all', '', ...figuresOf(total)]]),
    '* Only Attio can tell that the code is not this request’s: it is asked, and must grant nothing.',
  ].join('\n')
}

export function totalOf({ byClass }: Outcome): Tally {
  return [...byClass.values()].reduce(add, nothing)
}

const headings = [
  'class',
  'rules',
  'attacks',
  'requests',
  'token requests',
  'granted',
  'links',
  '≥ 500',
  'crashes',
  'indiscretions',
]

function figuresOf(tally: Tally): readonly string[] {
  return [
    tally.attacks,
    tally.requests,
    tally.tokenRequests,
    tally.tokensGranted,
    tally.links,
    tally.failures,
    tally.crashes,
    tally.indiscretions,
  ].map((figure) => figure.toLocaleString('en'))
}

function layOut(rows: readonly (readonly string[])[]): string {
  const widths = headings.map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n')
}

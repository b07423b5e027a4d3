// Writes the measures of the architecture into debt.json, unless a sum has risen. Moved files may change the parts that a
// number belongs to.
import { writeFileSync } from 'node:fs'
import { debtFile, findDebt, readAcceptedDebt, type Debt } from './debt.ts'

const found = findDebt()
const accepted = readAcceptedDebt()
const debt: Debt = {
  crowdedFolders: found.crowdedFolders,
  circles: found.circles.counts,
  importsPastFaces: found.importsPastFaces.counts,
  duplicateExports: found.duplicateExports.names,
}
const problems = [
  ...risen('code files in crowded folders', debt.crowdedFolders, accepted.crowdedFolders),
  ...risen('files in circles', debt.circles, accepted.circles),
  ...risen('imports past a face', debt.importsPastFaces, accepted.importsPastFaces),
  ...debt.duplicateExports.filter((name) => !accepted.duplicateExports.includes(name)),
]
if (problems.length > 0) {
  console.error(`Mend these first: ${problems.join(' · ')}`)
  process.exitCode = 1
} else {
  writeFileSync(debtFile, `${JSON.stringify(debt, null, 2)}\n`)
}

type Counts = Readonly<Record<string, number>>

function risen(name: string, now: Counts, before: Counts): string[] {
  return sum(now) > sum(before) ? [`${name}: ${sum(now)} instead of ${sum(before)}`] : []
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}

// Compares the measures of the architecture with what debt.json still accepts.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import {
  findCircles,
  findCrowdedFolders,
  findDuplicateExports,
  findImportsPastFaces,
  type Faces,
} from './measure.ts'

export const debtFile = join(import.meta.dirname, 'debt.json')
const filesPerFolder = 20

const faces: Faces = {
  parts: {
    'app/accounts': ['app/accounts/accounts.ts'],
    'app/config': ['app/config/config.ts'],
    'app/composing': ['app/composing/composing.ts'],
    'app/connections': ['app/connections/connections.ts'],
    // Tables are types that every store needs.
    'app/database': [
      'app/database/open-database.ts',
      'app/database/database.ts',
      'app/database/tables.ts',
    ],
    'app/live': ['app/live/live.ts'],
    'app/mail': ['app/mail/mail.ts'],
    'app/metrics': ['app/metrics/metrics.ts'],
    'app/sync': ['app/sync/sync.ts'],
    'app/tasks': ['app/tasks/tasks.ts', 'app/tasks/changes.ts', 'app/tasks/mirror.ts'],
    // The code that starts Taskr passes it the assets.
    'app/tracing': ['app/tracing/tracing.ts'],
    'app/web': [
      'app/web/web-app.ts',
      'app/web/assets/assets.ts',
      'app/web/assets/built-assets.ts',
      'app/web/assets/bundle-assets.ts',
    ],
    'app/webhooks': ['app/webhooks/webhooks.ts'],
    'app/work': ['app/work/work.ts'],
  },
  leaves: ['app/support', 'app/web/ui', 'app/web/middleware'],
  catalogues: ['app/web/gallery'],
}

const debtSchema = z.object({
  crowdedFolders: z.record(z.string(), z.number()),
  /** Folder of a circle's first file to the number of files in circles. */
  circles: z.record(z.string(), z.number()),
  /** The importing and the imported part, to the number of imports. */
  importsPastFaces: z.record(z.string(), z.number()),
  duplicateExports: z.array(z.string()),
})

export type Debt = z.output<typeof debtSchema>

export function readAcceptedDebt(): Debt {
  return debtSchema.parse(JSON.parse(readFileSync(debtFile, 'utf8')))
}

export function findDebt() {
  const circles = findCircles()
  const past = findImportsPastFaces(faces)
  const duplicates = findDuplicateExports()
  return {
    crowdedFolders: sorted(findCrowdedFolders(filesPerFolder)),
    circles: {
      counts: count(circles.flatMap((files) => files.map(() => dirname(files[0] ?? '')))),
      details: told(circles.map((files) => files.join(' ⇄ '))),
    },
    importsPastFaces: {
      counts: count(past.map(({ way }) => way)),
      details: told(past.map(({ text }) => text)),
    },
    duplicateExports: {
      names: Object.keys(duplicates).toSorted(),
      details: told(Object.entries(duplicates).map(([name, at]) => `${name}: ${at.join(', ')}`)),
    },
  }
}

/** Explains a difference: lists the places, and names the command to run when there are fewer than before. */
function told(lines: readonly string[]): string {
  return [
    'Not as tools/architecture/debt.json says. Fewer? Run: node tools/architecture/lower-debt.ts',
    ...lines,
  ].join('\n')
}

function count(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return sorted(counts)
}

function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

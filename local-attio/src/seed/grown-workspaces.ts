// The two workspaces of the standard world, with their records and what belongs to them.
import { acmeExtras } from './extras.ts'
import { growWorkspace, type SeedWorkspace } from './grow-workspace.ts'
import { acmeRecords, globexRecords } from './records.ts'
import { acmeUsers } from './users.ts'

export function growAcme(at: number): SeedWorkspace {
  const acme = growWorkspace('acme')
  acmeRecords(acme, at)
  acmeExtras(acme, at)
  acmeUsers(acme, at)
  return acme
}

export function growGlobex(at: number): SeedWorkspace {
  const globex = growWorkspace('globex')
  globexRecords(globex, at)
  return globex
}

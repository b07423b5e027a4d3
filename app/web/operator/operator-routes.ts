// The addresses of operators.
import type { Route } from '../routes.ts'
import { accountListRoutes } from './account-list-routes.ts'
import { operatedAccountRoutes } from './account-routes.ts'
import { overviewRoutes } from './overview-routes.ts'

export const operatorRoutes: readonly Route[] = [
  ...accountListRoutes,
  ...operatedAccountRoutes,
  ...overviewRoutes,
]

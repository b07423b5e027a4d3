// The pages of operators.
import { Hono } from 'hono'
import type { RouteParts, WebEnv } from '../web-parts.ts'
import { accountListRoutes } from './account-list-routes.ts'
import { operatedAccountRoutes } from './account-routes.ts'
import { overviewRoutes } from './overview-routes.ts'

export function operatorRoutes(parts: RouteParts) {
  return new Hono<WebEnv>()
    .route('/', accountListRoutes(parts))
    .route('/', operatedAccountRoutes(parts))
    .route('/', overviewRoutes(parts))
}

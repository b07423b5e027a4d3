// Health checks for the operator: the process is alive, and it can do its work. Neither asks Attio.
import { Hono } from 'hono'
import { paths } from '../addresses.ts'
import type { WebEnv, WebParts } from '../web-parts.ts'

export function healthRoutes({ isReady }: Pick<WebParts, 'isReady'>) {
  return new Hono<WebEnv>()
    .get(paths.healthz, (context) => context.text('alive\n'))
    .get(paths.readyz, async (context) =>
      (await isReady()) ? context.text('ready\n') : context.text('not ready\n', 503),
    )
}

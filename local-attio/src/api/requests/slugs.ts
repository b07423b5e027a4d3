// api_slug: what may be one. assumed: small letters, digits and underscores, as in all of Attio's own.
import { z } from 'zod'

export const apiSlug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,127}$/, 'Expected small letters, digits and underscores')

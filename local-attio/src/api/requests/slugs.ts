// The form of an api_slug. assumed: small letters, digits, underscores and hyphens.
import { z } from 'zod'

export const apiSlug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]{0,127}$/, 'Expected small letters, digits and underscores')

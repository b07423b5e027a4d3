// Writes SUPPORTED.md.
import { writeFileSync } from 'node:fs'
import { supportedDocument } from '../src/api/operations/supported-document.ts'

writeFileSync(new URL('../SUPPORTED.md', import.meta.url), supportedDocument())

// Runs test files in this process, one after the other: node tools/rings/run-group.ts file …
//
// `node --test --test-isolation=none` does the same, but starts to follow promises before skip-promise-tracking.ts is
// loaded.
import { resolve } from 'node:path'

for (const path of process.argv.slice(2)) await import(resolve(path))

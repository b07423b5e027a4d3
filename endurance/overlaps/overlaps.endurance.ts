// `npm run test:endurance -- overlaps`: every log-in during every change, on both engines.
import { defineOverlapTests } from './overlap-tests.ts'

defineOverlapTests(() => true)

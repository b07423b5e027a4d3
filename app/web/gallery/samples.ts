// Every page of Taskr in every state.
import { accountSamples } from './account-samples.ts'
import { taskPageSamples, waitingSamples } from './change-samples.ts'
import { findingSamples } from './finding-samples.ts'
import { connectionSamples } from './connection-samples.ts'
import { operatorSamples } from './operator-samples.ts'
import type { Sample, Setting } from './sample.ts'
import { seatSamples } from './seat-samples.ts'
import { signOnSamples } from './sign-on-samples.ts'
import { taskSamples } from './task-samples.ts'
import { twoStepSamples } from './two-step-samples.ts'

export function samples(setting: Setting): readonly Sample[] {
  return [
    ...accountSamples(setting),
    ...twoStepSamples(setting),
    ...taskSamples(setting),
    ...findingSamples(setting),
    ...taskPageSamples(setting),
    ...waitingSamples(setting),
    ...connectionSamples(setting),
    ...seatSamples(setting),
    ...operatorSamples(setting),
    ...signOnSamples(setting),
  ]
}

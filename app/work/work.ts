// What every part of Taskr uses to do work that no request waits for.
export { createBackground, type Background } from './background.ts'
export { pauseMs } from './back-off.ts'

import { expect, test } from 'vitest'
import { type TargetJob, isRunning, latest } from './target-jobs'

const job = (changes: Partial<TargetJob>): TargetJob => ({ job: 'a', kind: 'propose', status: 'done', created_at: '2026-01-01', ...changes }) as TargetJob

test('what runs is shown before what came later, other kinds not at all', () => {
  const [old, running, other] = [job({ job: 'old', created_at: '2026-03-01' }), job({ job: 'running', status: 'running' }), job({ job: 'other', kind: 'generate', status: 'queued' })]
  expect(latest([old, running, other], ['propose'])?.job).toBe('running')
  expect(latest([job({}), old], ['propose', 'accept'])?.job).toBe('old')
  expect(latest([other], ['propose'])).toBeNull()
  expect([isRunning(other), isRunning(old)]).toEqual([true, false])
})

import { type ComputedRef, computed, watch } from 'vue'
import { type Page, type Schemas, getJson, sendJson } from '@/api/client'
import { useCycle } from '@/shared/state/cycle'
import { useSession } from '@/shared/state/session'
import { type Action, useAction } from './action'
import { whileSeen } from './live'
import { useResource } from './resource'

export type TargetJob = Schemas['TargetJobDocument']
const LOOK = 1500
export const isRunning = (job: Pick<TargetJob, 'status'>): boolean => job.status === 'queued' || job.status === 'running'
/** Of several kinds at once the one that runs, else what came last. */
export const latest = (jobs: readonly TargetJob[], kinds: readonly TargetJob['kind'][]): TargetJob | null => {
  const mine = jobs.filter((one) => kinds.includes(one.kind))
  return mine.find(isRunning) ?? [...mine].sort((one, two) => two.created_at.localeCompare(one.created_at))[0] ?? null
}

export interface TargetJobs { running: ComputedRef<TargetJob | null>; last: ComputedRef<TargetJob | null>; starting: Action<[kind: TargetJob['kind']]> }

/** Work on a whole bureau's targets: started, looked after while it runs, whoever started it; `done` when it has ended. */
export function useTargetJobs(kinds: readonly TargetJob['kind'][], done: (job: TargetJob) => unknown): TargetJobs {
  const cycle = useCycle()
  const session = useSession()
  const sees = (): boolean => session.has('office', 'panel', 'leader', 'auditor')
  const read = useResource(async (signal) => (cycle.code && sees() ? (await getJson<Page<TargetJob>>('target-jobs', { cycle: cycle.code, limit: 20 }, signal)).items : []))
  watch(() => cycle.code, () => void read.load(), { immediate: true })
  const last = computed(() => latest(read.data.value ?? [], kinds))
  const running = computed(() => (last.value && isRunning(last.value) ? last.value : null))
  whileSeen(LOOK, () => { if (running.value && !read.loading.value) void read.load() })
  watch(last, (now, before) => { if (before && now && isRunning(before) && before.job === now.job && !isRunning(now)) done(now) })
  const starting = useAction(async (key: string, kind: TargetJob['kind']) => {
    const made = await sendJson<TargetJob>('POST', 'target-jobs', { cycle: cycle.code, kind }, { 'Idempotency-Key': key })
    read.data.value = [made, ...(read.data.value ?? [])]
    if (!isRunning(made)) done(made)
  })
  return { running, last, starting }
}

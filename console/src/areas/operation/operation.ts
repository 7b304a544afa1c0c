import type { Schemas } from '@/api/client'

export type Part = Schemas['PartDocument']
export type Letter = Schemas['DeadLetter']
const SLOW = 60_000 // ms for which a message may lie in an outbox before somebody looks

/** How a part is doing: silent, behind with what it has to send, or well. */
export function stateOf(part: Pick<Part, 'answers' | 'outbox' | 'outbox_since'>, at: string): 'silent' | 'behind' | 'well' {
  if (!part.answers) return 'silent'
  return part.outbox_since && Date.parse(at) - Date.parse(part.outbox_since) > SLOW ? 'behind' : 'well'
}

/** How long something has lasted, in the largest unit that fits. */
export function lasted(since: string | null | undefined, at: string): { unit: 'seconds' | 'minutes' | 'hours' | 'days'; count: number } | null {
  if (!since) return null
  const seconds = Math.max(0, Math.floor((Date.parse(at) - Date.parse(since)) / 1000))
  if (seconds < 60) return { unit: 'seconds', count: seconds }
  if (seconds < 3600) return { unit: 'minutes', count: Math.floor(seconds / 60) }
  return seconds < 86_400 ? { unit: 'hours', count: Math.floor(seconds / 3600) } : { unit: 'days', count: Math.floor(seconds / 86_400) }
}

/** The name of an event without its owner and version, as the trails name what it is about. */
export const thingOf = (event: string): string => /^\w+\.(\w+)\.v\d+$/.exec(event)?.[1] ?? ''

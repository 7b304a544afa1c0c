import { computed } from 'vue'
import { type Schemas, getJson } from '@/api/client'
import { dayOf } from '@/shared/logic/dates'
import { type Resource, useResource } from '@/shared/logic/resource'
import type { Case } from './cases'
import type { Field } from './fields'

export type Ground = readonly [code: string, said: { article: string; zh: string }]

/** The rules in force when a case came in. */
export const regimeOf = <T extends { starts: string }>(regimes: readonly T[], received: string): T | undefined =>
  regimes.filter((one) => one.starts <= dayOf(received)).sort((one, two) => two.starts.localeCompare(one.starts))[0]

export const onGround = (field: Field): boolean => field.kind === 'refusal' || field.kind === 'termination'

/** On what a case may be refused or ended. */
export function useGrounds(item: () => Case): { read: Resource<Schemas['RegimesDocument']>; grounds: (field: Field) => Ground[] } {
  const read = useResource((signal) => getJson<Schemas['RegimesDocument']>('cases/regimes', {}, signal))
  const regime = computed(() => regimeOf(read.data.value?.regimes ?? [], item().received_at))
  return { read, grounds: (field) => (onGround(field) ? Object.entries((field.kind === 'refusal' ? regime.value?.refusal : regime.value?.termination) ?? {}) : []) }
}

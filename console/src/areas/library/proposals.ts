import type { Schemas } from '@/api/client'
import { type Cells, PUT } from './columns'

export type Proposal = Schemas['IndicatorProposalDocument']
export type Action = Proposal['action']
export interface Written { action: Action; like: string; code: string; cells: Record<string, string>; reason: string }
export const SHOWS = ['open', 'mine', 'accepted', 'rejected', 'all'] as const
export type Show = (typeof SHOWS)[number]
const CODE = /^\d{2}-\d{2}-\d{2}$/

/** What is proposed differently from what stands; all of it for an indicator that is not there yet. */
export const changes = ({ action, cells }: Written, standing: (column: string) => string): Record<string, string> =>
  action === 'remove' ? {} : Object.fromEntries(Object.entries(cells).map(([column, value]): [string, string] => [column, value.trim()]).filter(([column, value]) => action === 'add' || value !== standing(column)))

export function ready(written: Written, standing: (column: string) => string): boolean {
  if (!written.reason.trim() || !written.like) return false
  if (written.action === 'remove') return true
  if (written.action === 'add') return CODE.test(written.code.trim()) && !!written.cells['name']?.trim()
  return Object.keys(changes(written, standing)).length > 0
}

/** A new indicator begins as one that is like it, with a name of its own. */
export const likeness = (standing: (column: string) => string): Record<string, string> => Object.fromEntries(PUT.map((column) => [column, column === 'name' ? '' : standing(column)]))

export function keeps(show: Show, one: Pick<Proposal, 'status' | 'by'>, account: string): boolean {
  if (show === 'mine') return one.by === account
  if (show === 'accepted') return ['accepted', 'applied'].includes(one.status)
  return show === 'all' || one.status === show
}

/** What waits stands first, then the newest. */
export const sorted = (all: readonly Proposal[]): Proposal[] => [...all].sort((one, two) => Number(two.status === 'open') - Number(one.status === 'open') || two.at.localeCompare(one.at))

/** The cells of a proposal beside what stands now. */
export const beside = (one: Pick<Proposal, 'changes'>, standing: Cells): { column: string; before: string; after: string }[] =>
  Object.entries(one.changes).map(([column, after]) => ({ column, before: standing[column] ?? '', after: String(after ?? '') }))

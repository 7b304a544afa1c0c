import { daysBetween, today } from '@/shared/logic/dates'
import type { ToDoList } from '@/shared/state/todos'

export interface Entry { path: string; key: string; lists?: readonly string[]; roles?: readonly string[]; not?: readonly string[]; group: string; phone?: boolean }

const JUDGES = ['unit_head', 'hr', 'complaints_centre', 'leader', 'panel'] as const

/** The menu: what a role never does is not there (`not`: leaders of the bureau itself are not appraised). `lists` are the to-dos that are counted beside an entry. */
export const ENTRIES: readonly Entry[] = [
  { path: '/', key: 'home', group: '', phone: true },
  { path: '/declare', key: 'declare', group: 'work', lists: ['to_declare'], roles: ['staff', 'unit_head'], not: ['leader'] },
  { path: '/orders', key: 'orders', group: 'work', lists: ['orders_to_answer', 'orders_to_judge', 'orders_refused', 'inquiries_to_answer', 'inquiries_to_close'], roles: ['staff', 'unit_head', 'assessor', 'panel', 'leader', 'office'] },
  { path: '/works', key: 'works', group: 'work', lists: ['works_to_correct', 'works_to_confirm', 'works_to_assess'], roles: ['staff', 'unit_head', 'assessor', 'panel', 'leader', 'office'] },
  { path: '/contributions', key: 'contributions', group: 'work', lists: ['contributions_to_correct', 'contributions_to_screen', 'shares_to_answer', 'opinions_to_give'], roles: ['staff', 'unit_head', 'panel', 'leader', 'office'] },
  { path: '/consents', key: 'consents', group: 'work', lists: ['consents_to_answer'], roles: ['staff', 'unit_head', 'assessor', 'panel', 'office'] },
  { path: '/attendance', key: 'attendance', group: 'work', roles: ['staff', 'hr', 'devices'] },
  { path: '/campaigns', key: 'campaigns', group: 'work', lists: ['ballots_to_cast'], roles: ['staff', 'unit_head', 'leader', 'panel', 'office'] },
  { path: '/verify', key: 'verify', group: 'judge', lists: ['to_verify'], roles: JUDGES },
  { path: '/assess', key: 'assess', group: 'judge', lists: ['to_assess'], roles: ['assessor', 'panel', 'hr', 'leader', 'office'] },
  { path: '/attendance/desk', key: 'attendanceTeam', group: 'judge', roles: ['unit_head', 'hr', 'leader', 'devices', 'office', 'auditor'] },
  { path: '/delegations', key: 'delegations', group: 'judge', roles: ['unit_head', 'assessor', 'leader', 'hr', 'complaints_centre', 'office'] },
  { path: '/vetoes', key: 'vetoes', group: 'judge', lists: ['vetoes_to_confirm'], roles: ['panel', 'office', 'leader', 'assessor', 'unit_head', 'auditor'] },
  { path: '/cases/new', key: 'caseNew', group: 'cases', roles: ['complaints_centre'] },
  { path: '/cases', key: 'cases', group: 'cases', roles: ['complaints_centre', 'unit_head', 'leader', 'staff'] },
  { path: '/case-search', key: 'caseSearch', group: 'cases', roles: ['complaints_centre', 'unit_head', 'leader', 'auditor'] },
  { path: '/traders', key: 'traders', group: 'cases', roles: ['complaints_centre', 'unit_head', 'leader'] },
  { path: '/goods-checks', key: 'goodsChecks', group: 'cases', roles: ['complaints_centre', 'unit_head', 'leader'] },
  { path: '/counterfeits', key: 'counterfeits', group: 'cases', roles: ['complaints_centre', 'unit_head'] },
  { path: '/case-knowledge', key: 'caseKnowledge', group: 'cases', roles: ['complaints_centre', 'unit_head'] },
  { path: '/hot-spots', key: 'hotSpots', group: 'cases', roles: ['complaints_centre', 'leader', 'office'] },
  { path: '/cases/reports', key: 'caseReports', group: 'cases', roles: ['complaints_centre', 'leader', 'office', 'panel', 'unit_head'] },
  { path: '/claims', key: 'claims', group: 'targets', roles: ['staff', 'unit_head'], not: ['leader'] },
  { path: '/weights', key: 'weights', group: 'targets', roles: ['leader', 'panel'] },
  { path: '/allocate', key: 'allocate', group: 'targets', roles: ['unit_head', 'leader', 'panel', 'office', 'auditor'] },
  { path: '/score', key: 'score', group: 'results', roles: ['staff', 'unit_head', 'office', 'panel', 'auditor'], not: ['leader'], phone: true },
  { path: '/ranking', key: 'ranking', group: 'results', roles: ['leader', 'panel', 'office', 'auditor', 'unit_head'] },
  { path: '/runs/waiting', key: 'waiting', group: 'results', roles: ['panel', 'office', 'leader', 'auditor'] },
  { path: '/dashboard', key: 'dashboard', group: 'results', roles: ['leader', 'panel', 'office', 'auditor', 'unit_head'] },
  { path: '/whatif', key: 'whatif', group: 'results', roles: ['panel', 'office', 'leader', 'auditor'] },
  { path: '/influence', key: 'influence', group: 'results', roles: ['panel', 'office', 'leader', 'auditor'] },
  { path: '/runs', key: 'runs', group: 'results', roles: ['office', 'panel', 'leader', 'auditor'] },
  { path: '/report', key: 'report', group: 'results', roles: ['office', 'panel', 'leader', 'auditor', 'unit_head'] },
  { path: '/results', key: 'results', group: 'results', roles: ['staff', 'unit_head', 'leader', 'office', 'panel'] },
  { path: '/results/grades', key: 'grades', group: 'results', roles: ['office', 'hr', 'panel', 'leader'] },
  { path: '/results/improvements', key: 'improvements', group: 'results', roles: ['unit_head', 'office', 'panel', 'leader'] },
  { path: '/appeals', key: 'appeals', group: 'results', lists: ['appeals_to_decide'], roles: ['staff', 'unit_head', 'leader', 'office', 'panel', 'auditor'] },
  { path: '/checks', key: 'checks', group: 'look', lists: ['items_to_inspect', 'spot_checks_to_draw', 'inspectors_to_name'], roles: ['staff', 'unit_head', 'panel', 'office', 'leader', 'auditor'] },
  { path: '/publication', key: 'publication', group: 'look', roles: ['staff', 'unit_head', 'leader', 'office', 'panel', 'auditor'] },
  { path: '/library', key: 'library', group: 'look', roles: ['staff', 'unit_head', 'leader', 'office', 'panel', 'auditor', 'assessor', 'hr'] },
  { path: '/handbook', key: 'handbook', group: 'look' },
  { path: '/cycles', key: 'cycles', group: 'admin', roles: ['office', 'panel', 'leader', 'auditor'] },
  { path: '/models', key: 'models', group: 'admin', roles: ['office', 'panel', 'leader', 'auditor'] },
  { path: '/people', key: 'people', group: 'admin', roles: ['office', 'hr', 'registrar'] },
  { path: '/units', key: 'units', group: 'admin', roles: ['office', 'hr', 'registrar'] },
  { path: '/accounts', key: 'accounts', group: 'admin', roles: ['office', 'admin'] },
  { path: '/channels', key: 'channels', group: 'admin', roles: ['office', 'admin'] },
  { path: '/grants', key: 'grants', group: 'admin', roles: ['security', 'admin', 'office', 'auditor'] },
  { path: '/audit', key: 'audit', group: 'admin', roles: ['auditor'] },
  { path: '/devices/wall', key: 'devices', group: 'admin', roles: ['devices', 'hr', 'auditor'] },
]

export function entriesFor(roles: ReadonlySet<string>): Entry[] {
  return ENTRIES.filter((entry) => (!entry.roles || entry.roles.some((role) => roles.has(role))) && !entry.not?.some((role) => roles.has(role)))
}

export interface Group { key: string; entries: Entry[] }

export function grouped(entries: readonly Entry[]): Group[] {
  const groups: Group[] = []
  for (const entry of entries) {
    const group = groups.find((one) => one.key === entry.group)
    if (group) group.entries.push(entry)
    else groups.push({ key: entry.group, entries: [entry] })
  }
  return groups
}

/** Items to declare by now: the running month's and older ones, not the whole year's to come. */
export function declarableNow(list: ToDoList | undefined, ends: ReadonlyMap<string, string>, now = today()): number {
  const lastDay = `${now.slice(0, 7)}-31`
  const known = list?.items.filter((item) => item.left !== undefined) ?? []
  return known.filter((item) => (ends.get(item.period ?? '') ?? '9999') <= lastDay).reduce((sum, item) => sum + (item.left ?? 0), 0)
}

export function tone(list: ToDoList | undefined, now = today()): 'red' | 'amber' | '' {
  if (!list?.count) return ''
  if (list.overdue) return 'red'
  return list.next_due && daysBetween(now, list.next_due) <= 3 ? 'amber' : ''
}

import { expect, test } from 'vitest'
import type { Indicator } from '@/shared/state/names'
import { rows } from './tree'

const one = (indicator: string, level1: string, level2: string, name: string) => ({ indicator, level1, level2, name, standard: '', basis: '', category: 'common', line: 'all', layers: ['person'] }) as unknown as Indicator
const all = [one('02-01-01', '效能', '考勤', '迟到早退'), one('01-01-01', '党建', '学习', '三会一课'), one('02-02-01', '效能', '学习', '签到率')]
const nothing = { text: '', category: '', line: '', layer: '' }

test('closed it shows level one with counts, opened what lies below', () => {
  expect(rows(all, new Set(), nothing).map((row) => row.key)).toEqual(['党建', '效能'])
  expect(rows(all, new Set(['效能', '效能 考勤']), nothing).map((row) => row.key)).toEqual(['党建', '效能', '效能 考勤', '02-01-01', '效能 学习'])
})

test('a search opens everything that it finds', () => {
  expect(rows(all, new Set(), { ...nothing, text: '签到' }).map((row) => row.key)).toEqual(['效能', '效能 学习', '02-02-01'])
})

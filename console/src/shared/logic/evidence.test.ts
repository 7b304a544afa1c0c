// @vitest-environment jsdom
import { afterEach, expect, test, vi } from 'vitest'
import { getJson, sendJson } from '@/api/client'
import { dropFile, isDrawn, isUndecided, keepFile } from './evidence'

vi.mock('@/api/client', () => ({ getJson: vi.fn(), sendJson: vi.fn(() => Promise.resolve({})) }))
afterEach(() => { vi.clearAllMocks(); localStorage.clear() })
const drafts = (bodies: Record<string, unknown>): void => {
  vi.mocked(getJson).mockImplementation((path: string) => Promise.resolve(path === 'drafts' ? { items: Object.keys(bodies).map((key) => ({ key })) } : { body: bodies[decodeURIComponent(path.slice('drafts/'.length))] }))
}

test('a file that was put to nothing is deleted', async () => {
  drafts({ 'declare:2026-M04': { rows: { a: { evidence: [{ ref: 'evidence:f2' }] } } } })
  await dropFile('f1')
  expect(sendJson).toHaveBeenCalledExactlyOnceWith('DELETE', 'evidence/f1')
})

test('a file that a draft names stays, whether the draft lies on the server or in this browser yet', async () => {
  drafts({ 'declare:2026-M03': {}, 'declare:2026-M04': { rows: { a: { evidence: [{ ref: 'evidence:f1' }] } } } })
  await dropFile('f1')
  drafts({})
  localStorage.setItem('kaohe draft a declare:2026-M05', '{"evidence":[{"ref":"evidence:f1"}]}')
  await dropFile('f1')
  expect(sendJson).not.toHaveBeenCalled()
})

test('where drafts cannot be read nothing is deleted', async () => {
  vi.mocked(getJson).mockRejectedValue(new Error('no network'))
  await expect(dropFile('f1')).rejects.toThrow()
  expect(sendJson).not.toHaveBeenCalled()
})

test('a file goes to the year, a pasted screenshot with a name', async () => {
  await keepFile('2026 甲', new File(['x'], ''))
  const [method, path, form] = vi.mocked(sendJson).mock.calls[0] ?? []
  expect([method, path, ((form as FormData).get('file') as File).name]).toEqual(['POST', `evidence?cycle=${encodeURIComponent('2026 甲')}`, '截图.png'])
})

test('pictures and PDF are looked at, the rest is downloaded; what is decided is given no more', () => {
  expect(['pdf', 'png', 'docx', 'ofd'].map(isDrawn)).toEqual([true, true, false, false])
  expect(['declared', 'verified', 'assessed', 'withdrawn', null].map(isUndecided)).toEqual([true, true, false, false, false])
})

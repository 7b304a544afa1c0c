import { getJson, sendJson } from '@/api/client'
import { DECIDED, DRAWN } from '@/api/rules'
import { fileForm } from './uploads'

export interface EvidenceFile { evidence: string; name: string; kind: string; size: number }

/** Whether pages of a file can be shown; any other is only downloaded. */
export const isDrawn = (kind: string): boolean => DRAWN.includes(kind)
/** Whether files may still be put to something. */
export const isUndecided = (status: string | null | undefined): boolean => !!status && !DECIDED.includes(status)

/** Keeps a file for the year. */
export const keepFile = (cycle: string, file: File): Promise<EvidenceFile> => sendJson('POST', `evidence?cycle=${encodeURIComponent(cycle)}`, fileForm(file))

/** The same file sent twice is one: a draft of a declaration may name it, of which the API does not know yet. */
async function isDrafted(evidence: string): Promise<boolean> {
  if (Object.entries(localStorage).some(([key, text]) => key.startsWith('kaohe draft ') && String(text).includes(evidence))) return true
  const { items } = await getJson<{ items: { key: string }[] }>('drafts')
  for (const { key } of items) if (JSON.stringify(await getJson(`drafts/${encodeURIComponent(key)}`)).includes(evidence)) return true
  return false
}

/** Deletes a file of one's own that was put to nothing, unless a draft names it: it would take room for the rest of the year. */
export async function dropFile(evidence: string): Promise<void> {
  if (!(await isDrafted(evidence))) await sendJson('DELETE', `evidence/${evidence}`)
}

import { useSession } from '@/shared/state/session'

/** Who keeps what the centre knows, as the API decides it: the centre and the heads of units. */
export function useKeeping(): { keeps: () => boolean; centre: () => boolean } {
  const session = useSession()
  return { keeps: () => session.has('complaints_centre', 'unit_head'), centre: () => session.has('complaints_centre') }
}

/** Lines of a field of many lines, without those that say nothing. */
export const lines = (text: string): string[] => text.split('\n').map((one) => one.trim()).filter((one) => one)

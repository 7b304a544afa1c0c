export interface Conversation {
  run: string; subject: string; name: string | null; unit_name: string | null; revision: number; status: string; held_on: string; strengths: string; shortcomings: string; measures: string; opinion: string; head: string
  offered_at: string | null; confirmed_at: string | null
}

import type { Case } from './cases'

export interface PersonTyped { name: string; phone: string; address: string; id_number: string }
export interface Parties { agent: PersonTyped & { mandate: boolean; powers: string }; together: (PersonTyped & { representative: boolean })[] }

export const nobody = (): PersonTyped => ({ name: '', phone: '', address: '', id_number: '' })

export const noParties = (): Parties => ({ agent: { ...nobody(), mandate: false, powers: 'general' }, together: [] })

/** Who acts for whom as it stands, to be changed. */
export function partiesOf(item: Case): Parties {
  const { agent } = item
  return {
    agent: agent ? { name: agent.name, phone: agent.phone, address: agent.address, id_number: agent.id_number, mandate: item.procedure.parties.mandate, powers: agent.powers } : noParties().agent,
    together: item.together.map(({ name, phone, address, id_number, representative }) => ({ name, phone, address, id_number, representative })),
  }
}

/** It replaces what was known before: an agent without a name is none, and so is a line without one. */
export const partiesSent = ({ agent, together }: Parties): { agent: Parties['agent'] | null; together: Parties['together'] } => ({ agent: agent.name.trim() ? agent : null, together: together.filter((one) => one.name.trim()) })

const HARMLESS = ['ok', 'corrected', 'down', 'due']

/** Whether a point of a day is held against nobody: as it should be, put right, the clock was down, or still to come. */
export const isHarmless = (state: string): boolean => HARMLESS.includes(state)

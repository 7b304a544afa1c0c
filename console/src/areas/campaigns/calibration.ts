import type { Schemas } from '@/api/client'

export const AGREEMENTS = ['krippendorff_alpha', 'kendall_w', 'icc_single', 'icc_mean', 'icc2_single', 'icc2_mean'] as const
export const SIGNALS = ['straight', 'lone', 'copied'] as const

/** How much of what ballots differ by comes of raters being strict or mild, in whole per cent; null where the votes cannot tell. For looking at only. */
export function shares(variance: Schemas['VarianceDocument'] | null): number | null {
  if (!variance || variance.severity === null || variance.residual === null) return null
  const [severity, residual] = [Number(variance.severity), Number(variance.residual)]
  return severity + residual ? Math.round((severity / (severity + residual)) * 100) : 0
}

/** What went wrong, in the API's own words (problem+json), or that nobody answered. */
export interface Fault { field?: string; row?: number; column?: string; code?: string; zh?: string; en?: string }

export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly zh: string,
    readonly en: string,
    readonly errors: readonly Fault[] = [],
    readonly requestId = '',
  ) {
    super(`${status} ${code}`)
    this.name = 'Problem'
  }

  /** Whether trying again may help: nobody answered, the server has a bad moment or is still at it. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502 || this.code === 'idempotency.running'
  }

  /** Whether the server has decided that it was not done; what broke off, also within the page, or was not let in leaves that open. */
  get refused(): boolean {
    return this.status >= 400 && this.status < 500 && this.status !== 401 && !this.passing
  }
}

interface Body { code?: unknown; zh?: unknown; en?: unknown; errors?: unknown; request_id?: unknown }

export const unreachable = (): Problem => new Problem(0, 'network', '没有连上服务器，请检查网络', 'the server does not answer')

export async function problemOf(response: Response): Promise<Problem> {
  const { code, zh, en, errors, request_id } = (await response.clone().json().catch(() => ({}))) as Body
  const text = (value: unknown, otherwise: string): string => (typeof value === 'string' && value ? value : otherwise)
  return new Problem(
    response.status,
    text(code, `http.${response.status}`),
    text(zh, `请求没有成功（${response.status}）`),
    text(en, `the request failed (${response.status})`),
    Array.isArray(errors) ? (errors as Fault[]) : [],
    text(request_id, response.headers.get('X-Request-Id') ?? ''),
  )
}

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : new Problem(-1, 'page', '页面出错，请刷新后再试', 'the page failed, reload it')

/** The pages of the handbook in the order of their reading: one a role, then those about one thing. */
export const OF_ROLES: readonly { page: string; roles: readonly string[] }[] = [
  { page: '工作人员', roles: ['staff'] },
  { page: '单位负责人', roles: ['unit_head'] },
  { page: '核评人', roles: ['assessor'] },
  { page: '人事科', roles: ['hr'] },
  { page: '12315中心', roles: ['complaints_centre'] },
  { page: '考核小组', roles: ['panel'] },
  { page: '局领导', roles: ['leader'] },
  { page: '考核办', roles: ['office'] },
  { page: '审计员', roles: ['auditor'] },
  { page: '设备管理员', roles: ['devices'] },
  { page: '机构管理员', roles: ['registrar'] },
  { page: '系统管理员', roles: ['admin'] },
  { page: '安全管理员', roles: ['security'] },
]
export const OF_THINGS: readonly string[] = [
  '操作台怎么用', '填错了怎么办', '月度得分与全年', '手机拍照', '申报核实核评', '任务单、贡献、主观评估与临时工作', '表格与佐证', '核算与说明', '结果与反馈', '抽查否决申诉',
  '考勤', '12315投诉举报', '12315督办与数字', '12315文书与告知', '12315知识与线索', '指标库与机构', '目标生成与分解认领', '一年怎么走', '各角色页面', '账号与权限', '通知方式', '快速开始',
]

/** The page of whoever reads: that of what they are beside staff, as everybody is staff. */
export function pageOf(roles: ReadonlySet<string>): string {
  const own = OF_ROLES.filter((one) => one.roles.some((role) => roles.has(role)))
  return (own.find((one) => !one.roles.includes('staff')) ?? own[0])?.page ?? '操作台怎么用'
}

import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [{ path: 'attendance', component: () => import('./AttendancePage.vue') }]

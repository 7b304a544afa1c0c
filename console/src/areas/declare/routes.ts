import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [{ path: 'declare', component: () => import('./DeclarePage.vue') }]

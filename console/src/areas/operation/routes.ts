import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [{ path: 'operation', component: () => import('./OperationPage.vue') }]

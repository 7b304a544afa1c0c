import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [{ path: 'contributions', component: () => import('./ContributionsPage.vue') }]

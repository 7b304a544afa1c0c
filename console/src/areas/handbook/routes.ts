import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [{ path: 'handbook/:page?', component: () => import('./HandbookPage.vue') }]

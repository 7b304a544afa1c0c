import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [{ path: 'library/:code?', component: () => import('./LibraryPage.vue') }]

import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'me', component: () => import('./MePage.vue') },
  { path: 'me/channels', component: () => import('./ChannelsPage.vue') },
  { path: 'notices', component: () => import('./NoticesPage.vue') },
]

import type { RouteRecordRaw } from 'vue-router'

export const routes: RouteRecordRaw[] = [
  { path: 'attendance', component: () => import('./AttendancePage.vue') },
  { path: 'attendance/team', component: () => import('./TeamPage.vue') },
  { path: 'attendance/sheet', component: () => import('./SheetPage.vue') },
  { path: 'attendance/desk', component: () => import('./DeskPage.vue') },
  { path: 'devices/wall', component: () => import('./WallPage.vue') },
  { path: 'devices/:serial', component: () => import('./DevicePage.vue') },
]

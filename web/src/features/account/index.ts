export { AccountMenu } from './account-menu.tsx';
export { AccountTabs } from './account-tabs.tsx';

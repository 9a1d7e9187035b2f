export { useSignOut } from './sign-out.ts';
export { SignedIn } from './signed-in.tsx';
export { useAccount } from './use-session.ts';

export { addAccount, findAccount, forgetOld } from './store.ts';
export { firstName, normalEmail } from './rules.ts';
export { sendSignInCode } from './send-sign-in-code.job.ts';
